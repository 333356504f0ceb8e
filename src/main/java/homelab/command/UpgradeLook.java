package homelab.command;

import homelab.facts.K3sState;
import homelab.host.Host;
import homelab.host.Script;
import homelab.model.Node;
import homelab.phase.UpgradeGuard;
import homelab.plan.Finding;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.DeployedImages;
import homelab.resource.DeprecatedApis;
import homelab.resource.NodeList;
import homelab.resource.reboot.VolumesWhole;
import homelab.run.Event;
import homelab.run.Look;
import homelab.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What another release of k3s would meet, asked of the cluster.
 *
 * @param leader the server that all is asked through
 */
record UpgradeLook(Job job, Node leader) {

    /** Whether there is an etcd, of which a snapshot can be taken. */
    boolean onEtcd() {
        return job.workshop().site().k3sOf(leader).map(K3sState::datastore).equals(Optional.of("etcd"));
    }

    /** @throws homelab.problem.Failure when the leader cannot be asked */
    List<Finding> findings() {
        Host host = job.workshop().fleet().host(leader.name());
        job.events().tell(new Event.Looking("what an upgrade would meet"));
        List<Probe<?>> probes = new ArrayList<>(new VolumesWhole(Set.of()).probes());
        probes.addAll(List.of(NodeList.PROBE, DeprecatedApis.probe(), DeployedImages.probe()));
        Readings told = Look.orFail(host, probes, Script.As.ROOT);
        Storage storage = VolumesWhole.storage(told).known().orElse(new Storage(List.of(), List.of()));
        return new UpgradeGuard(job.workshop().site(), storage, onEtcd()).findings(told);
    }
}

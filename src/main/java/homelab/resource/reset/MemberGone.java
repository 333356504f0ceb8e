package homelab.resource.reset;

import homelab.model.Ip;
import homelab.model.NodeName;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.EtcdMembers;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.List;

/**
 * That etcd, asked on another server, counts one no more. k3s lets go of a member when its Node is deleted (docs.k3s.io,
 * "High Availability Embedded etcd"); only then may its data go.
 */
public record MemberGone(NodeName node, Ip ip) implements Resource {

    @Override
    public String id() {
        return "etcd without " + node;
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(EtcdMembers.PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(EtcdMembers.PROBE),
                etcd -> etcd.at(ip).isEmpty()
                        ? Status.SAME
                        : Status.drift(
                                Worst.DELETE,
                                "etcd member " + node,
                                "one of " + etcd.members().size(),
                                "gone"));
    }

    @Override
    public Deed deed() {
        return new Deed.Await();
    }

    @Override
    public Duration patience() {
        return Duration.ofMinutes(1);
    }
}

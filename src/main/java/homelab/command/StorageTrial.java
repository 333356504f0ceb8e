package homelab.command;

import homelab.host.Host;
import homelab.host.Output;
import homelab.host.Script;
import homelab.model.ChartRelease;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.phase.longhorn.StorageNodes;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.resource.longhorn.VolumeTest;
import homelab.storage.Trial;

/** Tries a volume of Longhorn on the nodes that store data, by request. */
final class StorageTrial {
    private final VolumeTest test;

    private StorageTrial(VolumeTest test) {
        this.test = test;
    }

    /** @throws Failure with exit REFUSED when the inventory has no Longhorn */
    static StorageTrial of(Cluster cluster, boolean backup) {
        String namespace = cluster.addons().releases().stream()
                .filter(release -> release.name().equals("longhorn"))
                .map(ChartRelease::namespace)
                .findFirst()
                .orElseThrow(() -> new Failure(
                        Exit.REFUSED,
                        Problem.of(
                                "there is no storage to test",
                                "the inventory has no Longhorn",
                                "addons: {longhorn: {version: ...}} in the inventory, then homelab bootstrap")));
        return new StorageTrial(new VolumeTest(
                namespace,
                StorageNodes.of(cluster).nodes().stream().map(Node::name).toList(),
                backup));
    }

    Trial on(Host server) {
        Output output = server.run(Script.root("test a volume", test.script(), test.limit()));
        return Trial.of(output.ok(), output.text(), output.errors());
    }

    static Failure failed(Trial.Stuck stuck) {
        return new Failure(
                Exit.FAILED, Problem.of("the test volume of Longhorn: " + stuck.what(), stuck.why(), stuck.fix()));
    }
}

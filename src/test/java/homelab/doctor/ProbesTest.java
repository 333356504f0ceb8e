package homelab.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Cluster;
import homelab.model.Node;
import homelab.phase.Clusters;
import homelab.probe.Probe;
import homelab.resource.LocalSh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What hosts are asked is sh that every host has. */
class ProbesTest {

    private static Map<String, Probe<?>> all() {
        Cluster cluster = Clusters.twoPis();
        House house = K3sAnswers.server(Houses.twoPis(), "jarvis", "etcd").house();
        Map<String, Probe<?>> all = new LinkedHashMap<>();
        for (Check check : Checks.all()) {
            for (Node node : cluster.nodes()) {
                check.probes(cluster, node).forEach(probe -> all.put(probe.id(), probe));
                check.then(house, node).forEach(probe -> all.put(probe.id(), probe));
            }
        }
        return all;
    }

    @Test
    void everyScriptIsUnderstoodByDashAndByBusybox(@TempDir Path folder) throws IOException {
        int number = 0;
        for (Probe<?> probe : all().values()) {
            Path script = folder.resolve("probe" + number++);
            Files.writeString(script, probe.shell());
            for (String shell : List.of("dash", "busybox sh")) {
                Assumptions.assumeTrue(
                        new LocalSh().run("command -v " + shell.split(" ")[0]).exit() == 0, shell);
                assertThat(new LocalSh().run(shell + " -n " + script).out())
                        .as(probe.id() + " in " + shell)
                        .isEmpty();
            }
        }
        assertThat(number).isGreaterThan(10);
    }

    @Test
    void noTwoChecksAskDifferentThingsUnderOneId() {
        Cluster cluster = Clusters.twoPis();
        for (Node node : cluster.nodes()) {
            Map<String, String> shells = new LinkedHashMap<>();
            Checks.all().stream()
                    .flatMap(check -> check.probes(cluster, node).stream())
                    .forEach(probe -> assertThat(shells.merge(
                                    probe.id(), probe.shell(), (one, other) -> one.equals(other) ? one : "two"))
                            .as(probe.id())
                            .isNotEqualTo("two"));
        }
    }

    @Test
    void noTwoListsOfOneNameHaveDifferentPaths() {
        Map<String, String> paths = new LinkedHashMap<>();
        Checks.all().stream()
                .flatMap(check -> check.listings().stream())
                .forEach(listing -> assertThat(paths.merge(
                                listing.name(), listing.path(), (one, other) -> one.equals(other) ? one : "two"))
                        .as(listing.name())
                        .isNotEqualTo("two"));
    }
}

package homelab.check;

import static homelab.check.House.JARVIS;
import static homelab.check.House.ULTRON;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.check.HostView.PeerView;
import homelab.model.Backend;
import homelab.model.Cluster;
import homelab.model.NodeName;
import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The probes' own shell, run by sh with stand-ins for curl and ping; and which host is asked what. */
class SnapshotProbesTest {
    private final Cluster cluster = new House().cluster;

    @TempDir
    Path folder;

    /** Only what stands in the folder is found, so a program that every Linux has stands there too. */
    @BeforeEach
    void nothingIsThere() throws IOException {
        Files.writeString(folder.resolve("client-admin.key"), "");
        program("cat", "exec /bin/cat \"$@\"");
        program("curl", "exit 7");
        program("systemctl", "printf 'LoadState=loaded\\nActiveState=activating\\nSubState=start\\n'");
        program("ping", "exit 1");
    }

    @Test
    void readsTheNodesOfAnApiThatAnswersAtLength() throws IOException {
        Files.writeString(folder.resolve("nodes.json"), nodesOf(300));
        program("curl", "cat '" + folder.resolve("nodes.json") + "'");

        assertThat(ask(ApiProbes.NODES).known().orElseThrow()).hasSize(300).allSatisfy(node -> {
            assertThat(node.ready().status()).isEqualTo("True");
            assertThat(node.taints()).containsExactly("dedicated=storage:NoSchedule", "alone:NoExecute");
            assertThat(node.server()).isTrue();
        });
        assertThat(answer(ApiProbes.NODES).out()).hasSizeLessThan(ApiProbes.NODES.cap());
    }

    @Test
    void isUnknownWhileTheApiIsDown() {
        assertThat(ask(ApiProbes.NODES)).isEqualTo(new Reading.Unknown<>("the API does not answer"));
        assertThat(ask(ApiProbes.READY)).isEqualTo(new Reading.Known<>(false));
    }

    @Test
    void takesOnlyTheWordOkForReady() throws IOException {
        program("curl", "echo ok");
        assertThat(ask(ApiProbes.READY)).isEqualTo(new Reading.Known<>(true));

        program("curl", "echo '[-]etcd failed'");
        assertThat(ask(ApiProbes.READY)).isEqualTo(new Reading.Known<>(false));
    }

    @Test
    void tellsAMissingDeploymentFromASilentApi() throws IOException {
        assertThat(ask(ApiProbes.CORE_DNS)).isInstanceOf(Reading.Unknown.class);

        program("curl", "echo '{\"kind\": \"Status\", \"reason\": \"NotFound\", \"code\": 404}'");
        assertThat(ask(ApiProbes.CORE_DNS)).isEqualTo(new Reading.Known<>(Optional.empty()));

        program("curl", "echo '{\"kind\": \"Status\", \"reason\": \"Forbidden\", \"code\": 403}'");
        assertThat(ask(ApiProbes.CORE_DNS)).isInstanceOf(Reading.Unknown.class);
    }

    @Test
    void doesNotTakeSomethingElseForNodes() throws IOException {
        program("curl", "echo '{\"kind\": \"Status\", \"items\": []}'");

        assertThat(ask(ApiProbes.NODES)).isInstanceOf(Reading.Unknown.class);
    }

    @Test
    void pingsTheLanAndTheOverlayOfEachOtherNode() throws IOException {
        program("ping", "for last; do :; done; echo \"$last\" >>'" + folder + "/asked'; [ \"$last\" = 10.0.1.12 ]");
        Map<NodeName, Looked> first = Map.of(JARVIS, first("10.42.0.1/24"), ULTRON, first("10.42.1.1/24"));

        List<Probe<?>> probes = SnapshotProbes.second(cluster, cluster.nodes().get(0), first);

        Map<NodeName, Looked> looks = new HashMap<>(first);
        looks.put(
                JARVIS,
                new Looked.Reached(
                        ((Looked.Reached) first.get(JARVIS)).readings().and(askAll(probes))));
        HostView.Reached jarvis =
                (HostView.Reached) Snapshot.of(cluster, House.AT, looks).hosts().get(JARVIS);
        assertThat(jarvis.peers())
                .isEqualTo(new Reading.Known<>(Map.of(ULTRON, new PeerView(true, Optional.of(false)))));
        assertThat(Files.readAllLines(folder.resolve("asked"))).containsOnly("10.0.1.12", "10.42.1.0");
    }

    @Test
    void pingsTheBridgeWhereThereIsNoTunnel() {
        Cluster hostGw =
                House.cluster(Backend.HOST_GW, false, List.of(), House.server("jarvis", 11), House.agent("ultron", 12));

        String shell = SnapshotProbes.second(hostGw, hostGw.nodes().get(0), Map.of(ULTRON, first("10.42.1.1/24")))
                .get(0)
                .shell();

        assertThat(shell).contains("ask ultron pods 10.42.1.1 ");
    }

    @Test
    void saysThatPingIsMissing() throws IOException {
        Files.delete(folder.resolve("ping"));
        Probe<?> probe =
                SnapshotProbes.second(cluster, cluster.nodes().get(0), Map.of()).get(0);

        assertThat(ask(probe))
                .isInstanceOfSatisfying(
                        Reading.Unknown.class,
                        unknown -> assertThat(String.valueOf(unknown.why())).contains("ping is not installed"));
    }

    @Test
    void readsTheApiOnTheFirstServerThatIsReadyAndNowhereElse() {
        Cluster three =
                House.cluster(House.server("jarvis", 11), House.server("vision", 13), House.server("friday", 14));
        Map<NodeName, Looked> looks = Map.of(
                JARVIS,
                new Looked.Unreachable("no route", ""),
                new NodeName("vision"),
                ready(false),
                new NodeName("friday"),
                ready(true));

        assertThat(SnapshotProbes.leader(three, looks)).contains(new NodeName("friday"));
        assertThat(SnapshotProbes.second(three, three.nodes().get(2), looks)).contains(ApiProbes.NODES);
        assertThat(SnapshotProbes.second(three, three.nodes().get(1), looks)).doesNotContain(ApiProbes.NODES);
    }

    @Test
    void asksAgentsForNoApi() {
        assertThat(SnapshotProbes.first(cluster.nodes().get(0))).contains(ApiProbes.READY);
        assertThat(SnapshotProbes.first(cluster.nodes().get(1))).doesNotContain(ApiProbes.READY);
    }

    @Test
    void needsNoSecondTripForANodeThatIsAloneAndNotReady() {
        Cluster alone = House.cluster(House.server("jarvis", 11));

        assertThat(SnapshotProbes.second(alone, alone.nodes().get(0), Map.of(JARVIS, ready(false))))
                .isEmpty();
    }

    @Test
    void makesAViewOfEachHostOfWhatTheFirstTripBrought() {
        Map<NodeName, Looked> looks = Map.of(
                ULTRON,
                new Looked.Reached(askAll(SnapshotProbes.first(cluster.nodes().get(1)))));

        Snapshot snapshot = Snapshot.of(cluster, House.AT, looks);

        HostView.Reached ultron = (HostView.Reached) snapshot.hosts().get(ULTRON);
        assertThat(ultron.unit())
                .isEqualTo(new Reading.Known<>(new HostView.UnitView("loaded", "activating", "start")));
        assertThat(ultron.peers()).isEqualTo(new Reading.Unknown<>("not asked"));
        assertThat(snapshot.api().ready()).isInstanceOf(Reading.Unknown.class);
    }

    @Test
    void callsTheApiDeadOnlyWhenAServerSaidSo() {
        Snapshot refused = Snapshot.of(cluster, House.AT, Map.of(JARVIS, ready(false)));
        Snapshot unseen = Snapshot.of(cluster, House.AT, Map.of(JARVIS, new Looked.Unreachable("no route", "")));

        assertThat(refused.api().ready()).isEqualTo(new Reading.Known<>(false));
        assertThat(unseen.api().ready()).isInstanceOf(Reading.Unknown.class);
    }

    private static Looked first(String bridge) {
        Probe<?> subnet = SnapshotProbes.first(House.agent("any", 20)).get(1);
        Answer answer = new Answer(0, ("FLANNEL_SUBNET=" + bridge + "\n").getBytes(StandardCharsets.UTF_8), false);
        return new Looked.Reached(new Readings(
                Map.of(subnet.id(), new Reading.Known<>(subnet.parser().apply(answer)))));
    }

    private static Looked ready(boolean ready) {
        return new Looked.Reached(new Readings(Map.of(ApiProbes.READY.id(), new Reading.Known<>(ready))));
    }

    private Readings askAll(List<Probe<?>> probes) {
        Map<String, Reading<?>> readings = new HashMap<>();
        probes.forEach(probe -> readings.put(probe.id(), ask(probe)));
        return new Readings(readings);
    }

    /** As the collector does: what a parser throws is the reason for Unknown. */
    private <T> Reading<T> ask(Probe<T> probe) {
        try {
            return new Reading.Known<>(probe.parser().apply(answer(probe)));
        } catch (IllegalStateException | IllegalArgumentException e) {
            return new Reading.Unknown<>(String.valueOf(e.getMessage()));
        }
    }

    private Answer answer(Probe<?> probe) {
        try {
            ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", "(" + here(probe.shell()) + "\n)");
            builder.environment().put("PATH", folder.toString());
            Process process =
                    builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            byte[] out = process.getInputStream().readAllBytes();
            return new Answer(process.waitFor(), out, false);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String here(String shell) {
        return shell.replace("/var/lib/rancher/k3s/server/tls", folder.toString());
    }

    private void program(String name, String shell) throws IOException {
        Path program = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + shell + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String nodesOf(int count) {
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < count; i++) {
            items.append(i == 0 ? "" : ",").append("""
                    {"metadata": {"name": "n%d", "creationTimestamp": "2026-01-14T04:00:00Z",
                      "labels": {"node-role.kubernetes.io/control-plane": "true"}},
                     "spec": {"taints": [{"key": "dedicated", "value": "storage", "effect": "NoSchedule"},
                                         {"key": "alone", "effect": "NoExecute"}]},
                     "status": {"nodeInfo": {"kubeletVersion": "v1.33.4+k3s1"},
                       "conditions": [{"type": "Ready", "status": "True", "reason": "KubeletReady", "message": "m"}],
                       "images": [{"names": ["%s"], "sizeBytes": 1}]}}
                    """.formatted(i, "registry.example/image@sha256:".repeat(80)));
        }
        return "{\"kind\":\"NodeList\",\"items\":[" + items.toString().replace("\n", "") + "]}\n";
    }
}

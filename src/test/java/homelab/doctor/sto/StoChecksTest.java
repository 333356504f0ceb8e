package homelab.doctor.sto;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.Houses;
import homelab.doctor.K3sAnswers;
import homelab.doctor.Listing;
import homelab.doctor.Objects;
import homelab.doctor.Verdict;
import homelab.doctor.Verdicts;
import homelab.facts.FactProbes;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.phase.Clusters;
import homelab.probe.Probe;
import homelab.template.Templates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoChecksTest {
    private static final String NODE = """
            {"metadata": {"name": "NAME"}, "spec": {"allowScheduling": true}, "status": {"conditions": [CONDITIONS],
              "diskStatus": {"d": {"diskPath": "/data", "conditions": [DISK]}}}}""";

    private static String node(String name, String conditions, String disk) {
        return NODE.replace("NAME", name).replace("CONDITIONS", conditions).replace("DISK", disk);
    }

    private static String no(String type) {
        return "{\"type\": \"" + type + "\", \"status\": \"False\", \"reason\": \"R\", \"message\": \"why\"}";
    }

    private static Houses house() {
        return Houses.twoPis()
                .lists(Longhorn.NODES, "[" + node("jarvis", "", "") + "," + node("ultron", "", "") + "]")
                .lists(
                        Longhorn.CSI_NODES,
                        "[{\"metadata\": {\"name\": \"jarvis\"}, \"spec\": {\"drivers\": [{\"name\": \"driver.longhorn.io\"}]}},"
                                + "{\"metadata\": {\"name\": \"ultron\"}, \"spec\": {\"drivers\": [{\"name\": \"driver.longhorn.io\"}]}}]")
                .lists(Longhorn.VOLUMES, "[]")
                .lists(Longhorn.SETTINGS, "[]")
                .lists(Longhorn.CLASSES, "[]")
                .lists(Longhorn.JOBS, "[]")
                .lists(Longhorn.TARGETS, "[]")
                .answers("jarvis", Prerequisites.MULTIPATH, "inactive\n")
                .answers("ultron", Prerequisites.MULTIPATH, "spares\n");
    }

    @Test
    void failsOfANodeThatLacksWhatLonghornNeeds() {
        assertThat(Verdicts.of(new Prerequisites(), house())).containsExactly("PASS jarvis", "PASS ultron");
        Houses lacking = house().lists(Longhorn.NODES, "[" + node("ultron", no("KernelModulesLoaded"), "") + "]");
        assertThat(Verdicts.one(new Prerequisites(), lacking).evidence()).containsExactly("KernelModulesLoaded: R why");
        assertThat(Verdicts.of(new Prerequisites(), house().lists(Longhorn.CSI_NODES, "[]")))
                .containsExactly("FAIL jarvis", "FAIL ultron");
        assertThat(new Prerequisites()
                        .judge(house().lists(Longhorn.CSI_NODES, "[]").house())
                        .get(0)
                        .fix())
                .contains("longhorn-csi-plugin");
        assertThat(Verdicts.of(new Prerequisites(), house().answers("ultron", Prerequisites.MULTIPATH, "takes\n")))
                .containsExactly("PASS jarvis", "FAIL ultron");
        assertThat(Verdicts.of(new Prerequisites(), house().lost("ultron", "no route")))
                .containsExactly("PASS jarvis", "UNKNOWN ultron");
    }

    @Test
    void holdsTheHostsOwnConfigurationOfMultipathdAgainstLonghornsComplaint() {
        Houses complains = house().lists(Longhorn.NODES, "[" + node("ultron", no("Multipathd"), "") + "]");

        assertThat(Verdicts.of(new Prerequisites(), complains)).containsExactly("PASS ultron");
        assertThat(Verdicts.of(new Prerequisites(), complains.lost("ultron", "no route")))
                .containsExactly("FAIL ultron");
    }

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void looksWhetherMultipathdSparesScsiDisks(String shell) throws Exception {
        assertThat(multipath(shell, "exit 3", "")).isEqualTo("inactive");
        assertThat(multipath(shell, "exit 0", "blacklist {\n devnode \"^sd[a-z0-9]+\"\n}\n"))
                .isEqualTo("spares");
        assertThat(multipath(
                        shell,
                        "exit 0",
                        Templates.load("etc/multipath/conf.d/homelab.conf").fill(Map.of())))
                .isEqualTo("spares");
        assertThat(multipath(shell, "exit 0", "# devnode \"^sd\"\n")).isEqualTo("takes");
    }

    private String multipath(String shell, String active, String config) throws Exception {
        Path systemctl = Files.writeString(folder.resolve("systemctl"), "#!/bin/sh\n" + active + "\n");
        assertThat(systemctl.toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("multipath.conf"), config);
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(
                        Stream.of(shell.split(" ")),
                        Stream.of("-c", Prerequisites.MULTIPATH.shell().replace("/etc/", folder + "/")))
                .toList());
        builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        Process process = builder.start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    @ParameterizedTest
    @CsvSource({
        "jarvis jarvis jarvis, FAIL",
        "jarvis jarvis ultron, PASS",
        "jarvis ultron, PASS",
        "jarvis, PASS",
        "jarvis jarvis jarvis ultron, WARN"
    })
    void wantsTheDriversHelpersSpread(String where, Verdict verdict) {
        String pods = Stream.of(where.split(" "))
                .map(node ->
                        "{\"metadata\": {\"namespace\": \"longhorn-system\", \"labels\": {\"pod-template-hash\": \"1\"},"
                                + " \"ownerReferences\": [{\"kind\": \"ReplicaSet\", \"name\": \"csi-attacher-1\"}]}, \"spec\":"
                                + " {\"nodeName\": \"" + node + "\"}}")
                .collect(Collectors.joining(","));
        String open =
                "{\"metadata\": {\"name\": \"%s\"}, \"status\": {\"conditions\": [{\"type\": \"Ready\", \"status\": \"True\"}]}}";
        String both = open.formatted("jarvis") + "," + open.formatted("ultron");
        Houses houses = house().lists(Objects.PODS, "[" + pods + "]").lists(Objects.NODES, "[" + both + "]");

        assertThat(Verdicts.of(new Sidecars(), houses))
                .containsExactly(verdict + " Deployment longhorn-system/csi-attacher");
        assertThat(Verdicts.of(new Sidecars(), houses.lists(Objects.NODES, "[" + open.formatted("jarvis") + "]")))
                .as("one node has nothing to spread over")
                .containsExactly("NOT_APPLICABLE cluster");
    }

    private static String volume(String spec, String status) {
        return "[{\"metadata\": {\"namespace\": \"longhorn-system\", \"name\": \"pvc-1\"}, \"spec\": " + spec
                + ", \"status\": " + status + "}]";
    }

    @ParameterizedTest
    @CsvSource({
        "2, disabled, PASS cluster",
        "3, disabled, FAIL Volume pvc-1",
        "1, disabled, WARN Volume pvc-1",
        "1, strict-local, PASS cluster"
    })
    void holdsCopiesAgainstTheNodesThatTakeThem(int copies, String locality, String wanted) {
        String spec = "{\"numberOfReplicas\": " + copies + ", \"dataLocality\": \"" + locality + "\"}";

        assertThat(Verdicts.of(new Replicas(), house().lists(Longhorn.VOLUMES, volume(spec, "{}"))))
                .containsExactly(wanted);
    }

    @Test
    void wantsNoFewerCopiesWhileANodeIsAway() {
        String two = volume("{\"numberOfReplicas\": 2}", "{}");
        String away = "[" + node("jarvis", "", "") + "," + node("ultron", no("Ready"), no("Schedulable")) + "]";

        assertThat(Verdicts.of(
                        new Replicas(), house().lists(Longhorn.VOLUMES, two).lists(Longhorn.NODES, away)))
                .containsExactly("PASS cluster");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"3", "{\\\"v1\\\":\\\"3\\\",\\\"v2\\\":\\\"1\\\"}"})
    void readsTheSettingAsANumberAndAsOneForEachEngine(String value) {
        String setting = "[{\"metadata\": {\"name\": \"default-replica-count\"}, \"value\": \"" + value + "\"}]";

        assertThat(Verdicts.of(new Replicas(), house().lists(Longhorn.SETTINGS, setting)))
                .containsExactly("FAIL Setting default-replica-count");
        String classes =
                "[{\"metadata\": {\"name\": \"longhorn\"}, \"provisioner\": \"driver.longhorn.io\", \"parameters\":"
                        + " {\"numberOfReplicas\": \"3\"}}]";
        assertThat(Verdicts.of(new Replicas(), house().lists(Longhorn.CLASSES, classes)))
                .containsExactly("FAIL StorageClass longhorn");
    }

    @ParameterizedTest
    @CsvSource({
        "healthy, 2026-11-20T00:00:00Z, PASS",
        "faulted, 2026-11-20T00:00:00Z, FAIL",
        "degraded, 2026-11-22T03:45:00Z, PASS",
        "degraded, 2026-11-22T03:43:00Z, WARN",
        "degraded, 2026-11-21T04:43:00Z, FAIL",
        "degraded, '', WARN"
    })
    void givesADegradedVolumeAnHourAndThenADay(String robustness, String since, Verdict verdict) {
        String status = "{\"robustness\": \"" + robustness + "\", \"lastDegradedAt\": \"" + since
                + "\", \"kubernetesStatus\": {\"namespace\": \"web\", \"pvcName\": \"data\"}}";

        assertThat(Verdicts.one(new Volumes(), house().lists(Longhorn.VOLUMES, volume("{}", status)))
                        .verdict())
                .isEqualTo(verdict);
    }

    @Test
    void failsOfANodeThatLonghornDoesNotReachAndWarnsOfAFullDisk() {
        Houses houses = house().lists(
                        Longhorn.NODES,
                        "[" + node("jarvis", no("Ready"), "") + "," + node("ultron", "", no("Schedulable")) + "]");

        assertThat(Verdicts.of(new Volumes(), houses)).containsExactly("FAIL jarvis", "WARN ultron");
    }

    @Test
    void warnsOfNoBackupTargetAndFailsOfOneThatIsNotReached() {
        String target =
                "[{\"metadata\": {\"name\": \"default\"}, \"spec\": {\"backupTargetURL\": \"s3://user:pass@x/\"},"
                        + " \"status\": {\"available\": %s}}]";

        assertThat(Verdicts.of(new Backups(), house())).containsExactly("WARN cluster");
        assertThat(Verdicts.of(new Backups(), house().lists(Longhorn.TARGETS, target.formatted(true))))
                .containsExactly("PASS BackupTarget default");
        Finding lost = Verdicts.one(new Backups(), house().lists(Longhorn.TARGETS, target.formatted(false)));
        assertThat(lost.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(lost.toString()).doesNotContain("pass@");
    }

    @ParameterizedTest
    @CsvSource({"2026-11-21T02:45:00Z, 0", "2026-11-21T02:43:00Z, 1", "'', 1"})
    void warnsOfAVolumeThatWasNotBackedUpForADay(String last, int warnings) {
        String target =
                "[{\"metadata\": {\"name\": \"default\"}, \"spec\": {\"backupTargetURL\": \"s3://x/\"}, \"status\":"
                        + " {\"available\": true}}]";
        Houses houses = house().lists(Longhorn.TARGETS, target)
                .lists(Longhorn.VOLUMES, volume("{}", "{\"lastBackupAt\": \"" + last + "\"}"));

        assertThat(new Backups().judge(houses.house()))
                .filteredOn(finding -> finding.verdict() == Verdict.WARN)
                .hasSize(warnings);
    }

    private static final String SHARE = "40 1 0:50 / /mnt/nas rw shared:1 - nfs4 nas:/share rw,vers=4.2,%s,timeo=600\n";

    private static Houses mounting(String name, String options) {
        Node node = Clusters.twoPis().node(new NodeName(name)).orElseThrow();
        Probe<?> mounts = FactProbes.all(node).stream()
                .filter(probe -> probe.shell().contains("section mounts"))
                .findFirst()
                .orElseThrow();
        String lines = "\n@@homelab mounts\n1 0 8:1 / / rw shared:1 - ext4 /dev/sda1 rw\n"
                + (options.isEmpty() ? "" : SHARE.formatted(options));
        return Houses.twoPis().answers(name, mounts, lines);
    }

    @ParameterizedTest
    @CsvSource({
        "jarvis, hard, FAIL",
        "jarvis, soft, WARN",
        "jarvis, '', PASS",
        "ultron, hard, WARN",
        "ultron, soft, PASS"
    })
    void failsOfAHardMountOnAServer(String name, String options, Verdict verdict) {
        assertThat(Verdicts.of(new NfsMounts(), mounting(name, options))).contains(verdict + " " + name);
    }

    @Test
    void knowsNothingOfMountsThatItCouldNotRead() {
        assertThat(Verdicts.of(new NfsMounts(), Houses.twoPis().lost("jarvis", "off")))
                .containsExactly("UNKNOWN jarvis", "UNKNOWN ultron");
    }

    private static Houses pinned(String hostname, String phase, String ready) {
        String term =
                "{\"matchExpressions\": [{\"key\": \"kubernetes.io/hostname\", \"operator\": \"In\", \"values\": [\""
                        + hostname + "\"]}]}";
        return Houses.twoPis()
                .lists(
                        Objects.NODES,
                        "[{\"metadata\": {\"name\": \"ultron\", \"labels\": {\"kubernetes.io/hostname\": \"ultron\"}},"
                                + " \"status\": {\"conditions\": [{\"type\": \"Ready\", \"status\": \"" + ready
                                + "\"}]}}]")
                .lists(
                        Pinned.VOLUMES,
                        "[{\"metadata\": {\"name\": \"pv\"}, \"spec\": {\"claimRef\": {\"namespace\": \"web\", \"name\": \"data\"},"
                                + " \"nodeAffinity\": {\"required\": {\"nodeSelectorTerms\": [" + term
                                + "]}}}, \"status\": {\"phase\": \"" + phase + "\"}}]");
    }

    @ParameterizedTest
    @CsvSource({
        "ultron, Bound, True, PASS",
        "gone, Bound, True, FAIL",
        "gone, Released, True, WARN",
        "ultron, Bound, Unknown, WARN"
    })
    void failsOfAVolumeWhoseNodeIsNotThere(String hostname, String phase, String ready, Verdict verdict) {
        assertThat(Verdicts.one(new Pinned(), pinned(hostname, phase, ready)).verdict())
                .isEqualTo(verdict);
    }

    /** Of every kubelet. */
    private static final String KUBELET = "kubelet_node_name{node=\"x\"} 1\n";

    private static Houses claims(String claims, String volumes, String... defaults) {
        String classes = Stream.of(defaults)
                .map(name -> "{\"metadata\": {\"name\": \"" + name
                        + "\", \"annotations\": {\"storageclass.kubernetes.io/is-default-class\": \"true\"}},"
                        + " \"volumeBindingMode\": \"" + (name.equals("late") ? "WaitForFirstConsumer" : "Immediate")
                        + "\"}")
                .collect(Collectors.joining(","));
        return K3sAnswers.server(Houses.twoPis(), "jarvis", "etcd")
                .answers("jarvis", VolumeUse.probe(node(0)), KUBELET)
                .answers("jarvis", VolumeUse.probe(node(1)), KUBELET)
                .lists(Claims.CLAIMS, claims)
                .lists(Pinned.VOLUMES, volumes)
                .lists(
                        Longhorn.CLASSES,
                        "[" + classes + (defaults.length == 0 ? "{\"metadata\": {\"name\": \"a\"}}" : "") + "]");
    }

    @Test
    void wantsOneDefaultClass() {
        assertThat(Verdicts.of(new Claims(), claims("[]", "[]", "longhorn"))).containsExactly("PASS cluster");
        Finding two = Verdicts.one(new Claims(), claims("[]", "[]", "longhorn", "late"));
        assertThat(two.verdict()).isEqualTo(Verdict.WARN);
        assertThat(two.fix()).contains("storageclass late ", "=false");
        assertThat(two.evidence()).containsExactly("longhorn", "late");
        assertThat(Verdicts.one(new Claims(), claims("[]", "[]")).what()).startsWith("no StorageClass is the default");
    }

    @ParameterizedTest
    @CsvSource({
        "Bound, longhorn, 2026-11-22T04:00:00Z, PASS",
        "Lost, longhorn, 2026-11-22T04:00:00Z, FAIL",
        "Pending, longhorn, 2026-11-22T04:35:00Z, PASS",
        "Pending, longhorn, 2026-11-22T04:33:00Z, WARN",
        "Pending, late, 2026-11-22T04:33:00Z, PASS"
    })
    void judgesClaims(String phase, String storage, String created, Verdict verdict) {
        String claim = "[{\"metadata\": {\"namespace\": \"web\", \"name\": \"data\", \"creationTimestamp\": \""
                + created + "\"}, \"spec\": {\"storageClassName\": \"" + storage + "\"}, \"status\": {\"phase\": \""
                + phase + "\"}}]";
        Houses houses = claims(claim, "[]", storage);

        assertThat(Verdicts.one(new Claims(), houses).verdict()).isEqualTo(verdict);
    }

    @Test
    void warnsOfAVolumeThatNobodyClaimsAnyMore() {
        String volume = "[{\"metadata\": {\"name\": \"pv\"}, \"status\": {\"phase\": \"Released\"}}]";

        assertThat(Verdicts.of(new Claims(), claims("[]", volume, "longhorn")))
                .containsExactly("WARN PersistentVolume pv");
    }

    private static Houses using(String jarvis) {
        String claim =
                "[{\"metadata\": {\"namespace\": \"web\", \"name\": \"data\"}, \"status\": {\"phase\": \"Bound\"}}]";
        return claims(claim, "[]", "longhorn").answers("jarvis", VolumeUse.probe(node(0)), KUBELET + jarvis);
    }

    private static Node node(int at) {
        return Clusters.twoPis().nodes().get(at);
    }

    private static String stats(String what, String value) {
        return "kubelet_volume_stats_" + what + "{namespace=\"web\",persistentvolumeclaim=\"data\"} " + value + "\n";
    }

    @ParameterizedTest
    @CsvSource({"8.0e+07, PASS", "8.1e+07, WARN", "9.0e+07, WARN", "9.1e+07, FAIL"})
    void tellsOfClaimsThatFillUp(String used, Verdict verdict) {
        Houses houses = using(stats("used_bytes", used)
                + stats("capacity_bytes", "1e+08")
                + stats("inodes", "1e+06")
                + stats("inodes_used", "11"));

        assertThat(Verdicts.one(new Claims(), houses).verdict()).isEqualTo(verdict);
    }

    @Test
    void tellsOfInodesThatRunOutToo() {
        Houses houses = using(stats("used_bytes", "5")
                + stats("capacity_bytes", "100")
                + stats("inodes_used", "95")
                + stats("inodes", "100"));

        assertThat(Verdicts.one(new Claims(), houses)).satisfies(finding -> {
            assertThat(finding.subject()).isEqualTo("PersistentVolumeClaim web/data");
            assertThat(finding.what()).isEqualTo("is full: 95 %");
            assertThat(finding.evidence()).containsExactly("95 of 100 inodes in use");
        });
    }

    @Test
    void doesNotTakeAKubeletThatTellsNothingForRoomEnough() {
        assertThat(Verdicts.of(new Claims(), using("").answers("jarvis", VolumeUse.probe(node(1)), "")))
                .containsExactly("UNKNOWN ultron");
        assertThat(new Claims().then(using("").house(), node(0))).hasSize(2);
        assertThat(new Claims().then(using("").house(), node(1))).isEmpty();
    }

    @Test
    void doesNotApplyWithoutLonghorn() {
        Houses none = Houses.twoPis();
        List.of(Longhorn.NODES, Longhorn.VOLUMES, Longhorn.SETTINGS, Longhorn.JOBS, Longhorn.TARGETS)
                .forEach(listing -> none.listsNothing(listing, Listing.NOT_INSTALLED));
        none.lists(Objects.PODS, "[]").lists(Objects.NODES, "[]");

        for (Check check : StoChecks.all().subList(0, 5)) {
            assertThat(Verdicts.of(check, none)).as(check.id()).containsExactly("NOT_APPLICABLE cluster");
        }
    }
}

package homelab.phase;

import static homelab.plan.Finding.Severity.NOTE;
import static homelab.plan.Finding.Severity.REFUSE;
import static homelab.plan.Finding.Severity.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.facts.Facts;
import homelab.facts.Facts.Disk;
import homelab.facts.Facts.Listener;
import homelab.facts.Facts.Os;
import homelab.facts.K3sSettings;
import homelab.facts.K3sState;
import homelab.facts.SampleFacts;
import homelab.facts.SampleK3s;
import homelab.model.NodeName;
import homelab.plan.Finding;
import homelab.plan.Finding.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two Pis, Jarvis the server and Ultron the agent, both in order; then one thing at a time is not. */
class PreflightTest {
    private static final long GIB = 1L << 30;
    private static final String CA = "aa".repeat(32);

    private final SampleFacts jarvis = SampleFacts.fresh("jarvis", "10.0.1.10");
    private final SampleFacts ultron = SampleFacts.fresh("ultron", "10.0.1.11");

    @Test
    void findsNothingInTwoFreshPis() {
        assertThat(judge()).isEmpty();
    }

    @Test
    void findsNothingInAClusterThatRuns() {
        jarvis.with("k3s", SampleFacts.server(CA, "etcd"))
                .with("listeners", List.of(new Listener("*", 6443, "k3s-server"), new Listener("*", 10250, "kubelet")));
        ultron.with("k3s", SampleFacts.agent(CA)).with("listeners", List.of(new Listener("*", 10250, "k3s-agent")));

        assertThat(judge()).isEmpty();
    }

    @Test
    void tellsOfAllHostsAtOnceTheWorstFirst() {
        jarvis.with("packagesLocked", true).with("init", "runit");
        ultron.with("memoryBytes", GIB / 2).with("userland", "riscv64");

        assertThat(judge())
                .extracting(finding -> finding.problem().what())
                .containsExactly(
                        "jarvis: systemd does not run",
                        "ultron: there is no k3s for its user land",
                        "jarvis: the package manager is at work");
    }

    @Test
    void judgesOnlyTheHostsThatWereReached() {
        ultron.with("init", "runit");

        assertThat(Preflight.judge(Clusters.twoPis(), Map.of(new NodeName("jarvis"), jarvis.build())))
                .isEmpty();
    }

    @Test
    void refusesASystemThatIsNotOfDebiansFamilyAndSaysWhich() {
        ultron.with("os", new Os("alpine", "3.20", "Alpine Linux v3.20"));

        assertThat(only(REFUSE)).contains("ultron").contains("Alpine Linux v3.20");
    }

    @ParameterizedTest
    @ValueSource(strings = {"debian", "ubuntu", "raspbian"})
    void takesDebianUbuntuAndRaspberryPiOs(String id) {
        ultron.with("os", new Os(id, "12", id));

        assertThat(judge()).isEmpty();
    }

    @Test
    void refusesAHostWithoutSystemd() {
        jarvis.with("init", "runit");

        assertThat(only(REFUSE)).contains("jarvis: systemd does not run").contains("process 1 is runit");
    }

    /** The first Pi's user land is called armhf as well. */
    @Test
    void refusesAProcessorThatK3sIsNotMadeFor() {
        ultron.with("arch", "armv6l").with("userland", "armhf");

        assertThat(only(REFUSE)).contains("armv6l");
    }

    @Test
    void warnsOf32BitProgramsOnA64BitKernel() {
        ultron.with("arch", "aarch64").with("userland", "armhf");

        assertThat(only(WARN)).contains("ultron: has a 64-bit kernel and 32-bit programs");
    }

    @Test
    void refusesAUserLandThatK3sIsNotMadeFor() {
        ultron.with("userland", "armel");

        assertThat(only(REFUSE)).contains("dpkg says armel");
    }

    @Test
    void onlyNotesAMemoryCgroupThatAWordAndARebootSwitchOn() {
        ultron.with("cgroupControllers", Set.of("cpu", "cpuset", "pids"))
                .with("cmdline", "cgroup_disable=memory rootwait");

        assertThat(Preflight.mendable(ultron.build())).isTrue();
        assertThat(only(NOTE)).contains("ultron: the memory cgroup is off").contains("/boot/firmware/cmdline.txt");
    }

    @Test
    void refusesAMemoryCgroupThatStaysOffInSpiteOfTheWord() {
        ultron.with("cgroupControllers", Set.of("cpu", "cpuset", "pids"))
                .with("cmdline", "rootwait cgroup_enable=memory");

        assertThat(Preflight.mendable(ultron.build())).isFalse();
        assertThat(only(REFUSE)).contains("the memory cgroup is off").contains("all the same");
    }

    @Test
    void refusesAMemoryCgroupThatNoFileOfOursSwitchesOn() {
        ultron.with("cgroupControllers", Set.of("cpu", "cpuset", "pids"))
                .with("cmdline", "rootwait")
                .with("cmdlineFile", "");

        assertThat(Preflight.mendable(ultron.build())).isFalse();
        assertThat(only(REFUSE)).contains("/boot/firmware/cmdline.txt");
    }

    @Test
    void cannotMendWhatItCouldNotLookAt() {
        assertThat(Preflight.mendable(jarvis.unknown("cmdlineFile").build())).isFalse();
        assertThat(Preflight.mendable(ultron.unknown("cmdline").build())).isFalse();
    }

    @Test
    void refusesAKernelWithoutTheOtherControllers() {
        ultron.with("cgroupControllers", Set.of("cpu", "memory"));

        assertThat(only(REFUSE)).contains("cgroup controllers missing: cpuset, pids");
    }

    @Test
    void refusesAServerWithLessThanOneGibibyte() {
        jarvis.with("memoryBytes", GIB - 1);

        assertThat(only(REFUSE)).contains("jarvis: too little memory for a server");
    }

    @Test
    void takesAServerWithOneGibibyteAndASmallerAgent() {
        jarvis.with("memoryBytes", GIB);
        ultron.with("memoryBytes", GIB / 2);

        assertThat(judge()).isEmpty();
    }

    @Test
    void refusesADiskWithoutRoomForK3s() {
        ultron.with("disks", List.of(disk("/", 80 * GIB), disk("/var/lib/rancher", 4 * GIB - 1)));

        assertThat(only(REFUSE))
                .contains("ultron: too little room under /var/lib/rancher")
                .contains("4.0 GiB are free");
    }

    @Test
    void asksForRoomOnlyWhereK3sIsNotYet() {
        ultron.with("disks", List.of(disk("/", GIB), disk("/var/lib/rancher", GIB)))
                .with("k3s", SampleFacts.agent(CA));

        assertThat(judge()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubeadm", "microk8s", "k0s", "rke2", "minikube"})
    void refusesAHostWithAnotherKubernetes(String other) {
        ultron.with("otherRuntimes", List.of("docker", other));

        assertThat(only(REFUSE)).contains("another Kubernetes").contains(other + " was found");
    }

    @Test
    void toleratesDocker() {
        ultron.with("otherRuntimes", List.of("docker", "containerd"));

        assertThat(judge()).isEmpty();
    }

    @Test
    void warnsOfAPackageManagerAtWork() {
        ultron.with("packagesLocked", true);

        assertThat(only(WARN)).contains("ultron: the package manager is at work");
    }

    @Test
    void warnsOfAnInterruptedDpkg() {
        ultron.with("packagesInterrupted", true);

        assertThat(only(WARN)).contains("sudo dpkg --configure -a");
    }

    @Test
    void warnsOfAServersEtcdOnACard() {
        jarvis.with("disks", List.of(SampleFacts.disk("/", "nvme"), SampleFacts.disk("/var/lib/rancher", "sd-card")))
                .with("k3s", SampleFacts.server(CA, "etcd"));

        assertThat(only(WARN)).contains("jarvis: etcd will be slow").contains("sd-card");
    }

    @Test
    void sqliteAndAgentsMayLieOnACard() {
        List<Disk> card = List.of(SampleFacts.disk("/var/lib/rancher", "sd-card"));
        jarvis.with("disks", card);
        ultron.with("disks", card);

        assertThat(judge()).isEmpty();
    }

    @Test
    void refusesARoleThatTheHostDoesNotHave() {
        ultron.with("k3s", SampleFacts.server(CA, "sqlite"));

        assertThat(only(REFUSE)).contains("ultron: is not an agent but a server");
    }

    @Test
    void refusesAServerThatRunsAsAgent() {
        jarvis.with("k3s", SampleFacts.agent(CA));

        assertThat(only(REFUSE)).contains("jarvis: is not a server but an agent");
    }

    private void ultronIsCalled(String name) {
        K3sSettings called = new K3sSettings(Optional.of("10.0.1.10"), false, Optional.of(name), List.of());
        ultron.with(
                "k3s", SampleK3s.running("k3s-agent").ca(CA).settings(called).state());
    }

    @Test
    void refusesAHostThatIsAnotherNodeOfTheCluster() {
        ultronIsCalled("vision");

        assertThat(only(REFUSE)).contains("ultron: its host is the node vision of a cluster");
    }

    @Test
    void takesAHostThatIsTheNodeOfItsName() {
        ultronIsCalled("ultron");

        assertThat(judge()).isEmpty();
    }

    @Test
    void refusesToGoBackToAnOlderK3s() {
        ultron.with("k3s", version("v1.33.5+k3s1"));

        assertThat(only(REFUSE))
                .contains("v1.33.5+k3s1")
                .contains("v1.33.4+k3s1")
                .contains("cannot go back");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.33.4+k3s1", "v1.32.9+k3s1"})
    void takesTheSameAndAnOlderK3s(String version) {
        ultron.with("k3s", version(version));

        assertThat(judge()).isEmpty();
    }

    @Test
    void refusesAServerThatWouldSkipAMinor() {
        jarvis.with("k3s", server("v1.31.9+k3s1"));

        assertThat(only(REFUSE))
                .contains("jarvis: v1.33.4+k3s1 is more than one minor away")
                .contains("homelab upgrade --to v1.32.0+k3s1");
    }

    @Test
    void takesAServerOneMinorFurther() {
        jarvis.with("k3s", server("v1.32.9+k3s1"));

        assertThat(judge()).isEmpty();
    }

    private static K3sState server(String version) {
        return SampleK3s.running("k3s")
                .ca(CA)
                .datastore("etcd")
                .version(version)
                .state();
    }

    @Test
    void warnsOfAK3sThatCannotBeCompared() {
        ultron.with("k3s", version("v1.33.4-dirty"));

        assertThat(only(WARN)).contains("v1.33.4-dirty");
    }

    @Test
    void warnsOfAMachineThatTheInventoryDoesNotDescribe() {
        jarvis.with("model", "Raspberry Pi 4 Model B Rev 1.4");

        assertThat(Preflight.judge(PreflightHomes.hinted("Raspberry Pi 5"), facts()))
                .singleElement()
                .satisfies(finding -> assertThat(finding.problem().why())
                        .isEqualTo(
                                "the inventory says Raspberry Pi 5 and the board says Raspberry Pi 4 Model B Rev 1.4"));
    }

    @Test
    void aHintMayBeShorterThanTheBoardsName() {
        assertThat(Preflight.judge(PreflightHomes.hinted("raspberry pi 5"), facts()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"os", "init", "arch", "userland", "k3s", "otherRuntimes"})
    void refusesToGoOnWithoutKnowingWhatItCouldBreak(String part) {
        ultron.unknown(part);

        assertThat(only(REFUSE)).contains("could not be looked at").contains("timed out after 10 s");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hostname",
                "machineId",
                "cgroupControllers",
                "memoryBytes",
                "disks",
                "clock",
                "nics",
                "listeners",
                "packagesLocked"
            })
    void warnsOfWhatItCouldNotLookAt(String part) {
        ultron.unknown(part);

        assertThat(only(WARN)).contains("could not be looked at").contains("timed out after 10 s");
    }

    private static Disk disk(String path, long free) {
        return SampleFacts.disk(path, "/dev/sda1", "ext4", "ssd", 100 * GIB, free);
    }

    private static K3sState version(String version) {
        return SampleK3s.running("k3s-agent").version(version).ca(CA).state();
    }

    private List<Finding> judge() {
        return Preflight.judge(Clusters.twoPis(), facts());
    }

    private Map<NodeName, Facts> facts() {
        Map<NodeName, Facts> facts = new LinkedHashMap<>();
        facts.put(new NodeName("jarvis"), jarvis.build());
        facts.put(new NodeName("ultron"), ultron.build());
        return facts;
    }

    /** The one finding, told as people see it. */
    private String only(Severity severity) {
        List<Finding> findings = judge();
        assertThat(findings).singleElement().extracting(Finding::severity).isEqualTo(severity);
        return PreflightHomes.told(findings.get(0));
    }
}

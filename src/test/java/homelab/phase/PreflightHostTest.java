package homelab.phase;

import static homelab.plan.Finding.Severity.NOTE;
import static homelab.plan.Finding.Severity.REFUSE;
import static homelab.plan.Finding.Severity.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.facts.Facts.Disk;
import homelab.facts.Facts.Dns;
import homelab.facts.Facts.Drivers;
import homelab.facts.Facts.Nic;
import homelab.facts.Facts.Time;
import homelab.facts.SampleFacts;
import homelab.model.NodeName;
import homelab.plan.Finding;
import homelab.plan.Finding.Severity;
import homelab.probe.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One Pi's kernel, file systems, clock and link, one thing at a time not as k3s wants it. */
class PreflightHostTest {
    private static final long GIB = 1L << 30;
    private static final String CA = "aa".repeat(32);

    private final SampleFacts jarvis = SampleFacts.fresh("jarvis", "10.0.1.10");
    private final SampleFacts ultron = SampleFacts.fresh("ultron", "10.0.1.11");

    @Test
    void refusesAKernelThatLacksVxlanAndNamesThePackageOfUbuntusPiKernel() {
        ultron.with("drivers", new Drivers(true, Set.of("vxlan", "wireguard"))).with("kernel", "6.5.0-1005-raspi");

        assertThat(only(REFUSE))
                .contains("ultron: its kernel has no vxlan ")
                .contains("linux-modules-extra-raspi")
                .doesNotContain("wireguard");
    }

    @Test
    void refusesAHostWhoseKernelsModulesAnUpdateTookAway() {
        ultron.with("drivers", new Drivers(false, Set.of())).with("modules", Set.of("overlay"));

        assertThat(only(REFUSE))
                .contains("br_netfilter, vxlan cannot be loaded")
                .contains("sudo reboot");
    }

    @Test
    void takesAHostWithoutModulesOnDiskThatHasThemAllLoaded() {
        ultron.with("drivers", new Drivers(false, Set.of()));

        assertThat(judge()).isEmpty();
    }

    @Test
    void asksAContainerForNoModulesOfItsOwn() {
        ultron.with("drivers", new Drivers(false, Set.of()))
                .with("modules", Set.of())
                .with("container", true);

        assertThat(judge()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.8.0", "1.8.4"})
    void warnsOfAnIptablesThatDuplicatesRules(String version) {
        jarvis.with("iptables", version);

        assertThat(only(WARN)).contains("it is " + version).contains("prefer-bundled-bin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.6.1", "1.8.5", "1.8.41", ""})
    void takesAnyOtherIptables(String version) {
        jarvis.with("iptables", version);

        assertThat(judge()).isEmpty();
    }

    @Test
    void takesCgroupV1AsLongAsTheWantedKubernetesDoes() {
        jarvis.with("cgroupVersion", 1);

        assertThat(judge()).isEmpty();
    }

    @Test
    void refusesAFileSystemThatTakesNoFiles() {
        jarvis.with("disks", List.of(disk("/", "sd-card", 1_000_000, false)));

        assertThat(only(REFUSE)).contains("jarvis: / takes no files").contains("raspi-config");
    }

    @Test
    void refusesToFewInodesAndWarnsOfFew() {
        jarvis.with("disks", List.of(disk("/var/lib/rancher", "ssd", 19_999, true)));
        assertThat(only(REFUSE)).contains("19999 inodes are free on /dev/sda1");

        jarvis.with("disks", List.of(disk("/var/lib/rancher", "ssd", 99_999, true)));
        assertThat(only(WARN)).contains("99999 inodes");
    }

    @Test
    void warnsOfSwapOnACardAndNotesWhatItSwitchesOffItself() {
        jarvis.with("swap", List.of("/dev/mmcblk0p3"));
        assertThat(only(WARN)).contains("sudo swapoff /dev/mmcblk0p3");

        jarvis.with("swap", List.of("/var/swap")).with("disks", List.of(disk("/", "sd-card", 1_000_000, true)));
        assertThat(only(NOTE)).contains("switches dphys-swapfile off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/zram0", "/dev/sda2", "/swapfile"})
    void takesSwapThatIsOnNoCard(String swap) {
        jarvis.with("swap", List.of(swap));

        assertThat(judge()).isEmpty();
    }

    @Test
    void refusesAClockThatIsBehindTheHostsOwnFiles() {
        jarvis.with("time", new Time(false, "none", Instant.parse("1970-01-01T00:01:00Z")));

        assertThat(only(REFUSE)).contains("jarvis: its clock is in the past").contains("1970-01-01T00:01:00Z");
    }

    @Test
    void onlyWarnsWhereTheCertificatesAreMadeAlready() {
        jarvis.with("time", new Time(false, "none", Instant.parse("1970-01-01T00:01:00Z")))
                .with("k3s", SampleFacts.server(CA, "etcd"));

        assertThat(only(WARN)).contains("its clock is in the past");
    }

    @Test
    void warnsOfATimeServiceThatReachesNobodyButNotInAContainer() {
        jarvis.with("time", new Time(false, "chrony", Instant.parse("2026-01-01T00:00:00Z")));
        assertThat(only(WARN))
                .contains("chrony runs and has reached no time server")
                .contains("/etc/chrony");

        jarvis.with("container", true);
        assertThat(judge()).isEmpty();
    }

    @Test
    void warnsOfAServersAddressThatIsLentAndLeavesAnAgentsAlone() {
        jarvis.with("nics", List.of(nic("eth0", "10.0.1.10/24", true, 1500, false)));
        ultron.with("nics", List.of(nic("eth0", "10.0.1.11/24", true, 1500, false)));

        assertThat(only(WARN)).contains("jarvis: its address is lent").contains("reserve 10.0.1.10 for d8:3a");
    }

    @Test
    void warnsOfANodeThatIsInTheClusterOverWifi() {
        ultron.with("nics", List.of(nic("wlan0", "10.0.1.11/24", true, 1500, true)));

        assertThat(only(WARN)).contains("ultron: is in the cluster over Wi-Fi").contains("wlan0");
    }

    @Test
    void warnsOfNodesThatSendPacketsOfDifferentSizes() {
        ultron.with("nics", List.of(nic("eth0", "10.0.1.11/24", false, 9000, false)));

        assertThat(only(WARN)).contains("jarvis up to 1500 bytes, ultron up to 9000 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Jarvis", "my_pi"})
    void notesAHostNameThatIsNoneForKubernetes(String name) {
        jarvis.with("hostname", name);

        assertThat(only(NOTE)).contains("it is called " + name).contains("homelab names it jarvis");
    }

    @Test
    void warnsOfAHostThatAsksOnlyItselfForNames() {
        jarvis.with("dns", new Dns(List.of("127.0.0.1", "::1"), List.of()));

        assertThat(only(WARN)).contains("/etc/resolv.conf names 127.0.0.1, ::1");
    }

    @Test
    void tellsOfAHostThatHasK3sOnlyWhatIsRefused() {
        jarvis.with("k3s", SampleFacts.server(CA, "etcd"))
                .with("iptables", "1.8.2")
                .with("dns", new Dns(List.of("127.0.0.1"), List.of()))
                .with("disks", List.of(disk("/", "sd-card", 1_000_000, false)));

        assertThat(only(REFUSE)).contains("jarvis: / takes no files");
    }

    @Test
    void warnsOfADiskThatIsSlowForEtcd() {
        var node = PreflightHomes.threeServers().nodes().get(0);

        assertThat(PreflightEtcd.judge(node, new Reading.Known<>(Duration.ofMillis(31))))
                .hasValueSatisfying(
                        finding -> assertThat(PreflightHomes.told(finding)).contains("31 ms each"));
        assertThat(PreflightEtcd.judge(node, new Reading.Known<>(Duration.ofMillis(9))))
                .isEmpty();
        assertThat(PreflightEtcd.judge(node, new Reading.Unknown<>("no dd"))).isEmpty();
    }

    private static Disk disk(String path, String medium, long inodes, boolean writable) {
        return new Disk(path, "/dev/sda1", "ext4", medium, 100 * GIB, 80 * GIB, inodes, writable);
    }

    private static Nic nic(String name, String cidr, boolean leased, int mtu, boolean wireless) {
        List<String> lent = leased ? List.of(cidr) : List.of();
        return new Nic(name, "d8:3a:dd:00:00:01", true, List.of(cidr), lent, true, mtu, wireless);
    }

    private List<Finding> judge() {
        return Preflight.judge(
                Clusters.twoPis(),
                Map.of(new NodeName("jarvis"), jarvis.build(), new NodeName("ultron"), ultron.build()));
    }

    private String only(Severity severity) {
        assertThat(judge()).singleElement().extracting(Finding::severity).isEqualTo(severity);
        return PreflightHomes.told(judge().get(0));
    }
}

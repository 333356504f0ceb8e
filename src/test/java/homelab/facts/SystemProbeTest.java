package homelab.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import homelab.facts.Facts.Dns;
import homelab.facts.Facts.Os;
import java.util.List;
import org.junit.jupiter.api.Test;

class SystemProbeTest {
    private static final Sections DEBIAN = Captures.sections("debian-12-host-system");
    private static final Sections PI = Captures.sections("synthetic-pi-os-12-system");
    private static final Sections UBUNTU = Captures.sections("synthetic-ubuntu-24.04-system");

    @Test
    void tellsTheSystemByItsIdAndNotByItsName() {
        assertThat(SystemProbe.os(DEBIAN)).isEqualTo(new Os("debian", "12", "Debian GNU/Linux 12 (bookworm)"));
        assertThat(SystemProbe.os(PI).id()).isEqualTo("raspbian");
        assertThat(SystemProbe.os(UBUNTU).version()).isEqualTo("24.04");
    }

    @Test
    void takesASystemWithoutAnIdForSomeLinux() {
        assertThat(SystemProbe.os(said("os", "NAME='Void'")).id()).isEqualTo("linux");
    }

    @Test
    void a64BitKernelMayCarry32BitPrograms() {
        assertThat(SystemProbe.arch(PI)).isEqualTo("aarch64");
        assertThat(SystemProbe.needed(PI, "userland")).isEqualTo("armhf");
    }

    @Test
    void namesTheHostAndItsKernel() {
        assertThat(SystemProbe.hostname(DEBIAN)).isEqualTo("jarvis");
        assertThat(SystemProbe.kernel(DEBIAN)).isEqualTo("6.18.44");
    }

    @Test
    void countsProcessorsInRanges() {
        assertThat(SystemProbe.cpus(DEBIAN)).isEqualTo(2);
        assertThat(SystemProbe.cpus(said("cpus", "0,2-3,7"))).isEqualTo(4);
        assertThat(SystemProbe.cpus(said("cpus", "0"))).isEqualTo(1);
    }

    @Test
    void givesMemoryInBytes() {
        assertThat(SystemProbe.memoryBytes(PI)).isEqualTo(3885396L * 1024);
    }

    @Test
    void knowsTheControllersOfBothCgroupVersions() {
        assertThat(SystemProbe.cgroupControllers(PI)).containsExactlyInAnyOrder("cpuset", "cpu", "io", "pids");
        assertThat(SystemProbe.cgroupControllers(UBUNTU)).contains("memory");
        assertThat(SystemProbe.cgroupControllers(DEBIAN))
                .contains("cpu", "cpuset", "pids")
                .doesNotContain("memory", "#subsys_name");
    }

    @Test
    void findsModulesLoadedAndBuiltInUnderOneSpelling() {
        assertThat(SystemFiles.modules(PI)).contains("vxlan", "overlay", "br_netfilter", "8021q");
    }

    @Test
    void listsWhatIsUsedAsSwap() {
        assertThat(SystemFiles.swap(PI)).containsExactly("/var/swap", "/dev/zram0");
        assertThat(SystemFiles.swap(DEBIAN)).isEmpty();
    }

    @Test
    void looksBehindTheStubOfResolved() {
        assertThat(SystemFiles.dns(UBUNTU)).isEqualTo(new Dns(List.of("192.168.178.1"), List.of("fritz.box")));
        assertThat(SystemFiles.dns(PI)).isEqualTo(new Dns(List.of("10.0.1.1", "fd00::1"), List.of("lan", "fritz.box")));
    }

    @Test
    void aLockOfDpkgIsKnownByDeviceAndInode() {
        assertThat(SystemFiles.packagesLocked(PI)).isTrue();
        assertThat(SystemFiles.packagesLocked(DEBIAN)).isFalse();
    }

    @Test
    void aLockOnAnotherDeviceIsNotDpkgs() {
        assertThat(SystemFiles.packagesLocked(said("locks", """
                lock 45826 131084
                1: POSIX  ADVISORY  WRITE 812 b3:01:131084 0 EOF
                2: POSIX  ADVISORY  WRITE 812 b3:02:131085 0 EOF
                3: POSIX  ADVISORY  READ 812 b3:02:131084 0 EOF"""))).isFalse();
    }

    @Test
    void unfinishedUpdatesMeanThatDpkgWasInterrupted() {
        assertThat(SystemFiles.packagesInterrupted(PI)).isTrue();
        assertThat(SystemFiles.packagesInterrupted(DEBIAN)).isFalse();
    }

    @Test
    void whatTheHostDidNotSayIsNoValue() {
        assertThatThrownBy(() -> SystemProbe.cpus(said("cpus", ""))).hasMessage("the host has no cpus");
        assertThatThrownBy(() -> SystemProbe.cgroupControllers(said("cgroups", "")))
                .hasMessage("the host has no cgroups");
        assertThatThrownBy(() -> SystemProbe.hostname(said("uname", "jarvis"))).hasMessage("uname wrote 'jarvis'");
    }

    private static Sections said(String section, String text) {
        return Sections.parse("@@homelab " + section + "\n" + text + "\n");
    }
}

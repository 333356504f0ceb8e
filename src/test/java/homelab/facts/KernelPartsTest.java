package homelab.facts;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.facts.Facts.Drivers;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelPartsTest {
    private static final Sections HOST = Captures.sections("debian-12-host-system");

    @Test
    void readsWhatAHostOfTheLaboratorySays() {
        assertThat(KernelParts.drivers(HOST)).isEqualTo(new Drivers(true, Set.of("br_netfilter", "wireguard")));
        assertThat(KernelParts.iptables(HOST)).isEqualTo("1.8.9");
        assertThat(KernelParts.newest(HOST)).isEqualTo(Instant.ofEpochSecond(1795361851));
        assertThat(KernelParts.container(HOST)).isTrue();
    }

    @Test
    void tellsCgroupVersion2FromTheTableOfVersion1() {
        assertThat(KernelParts.cgroupVersion(said("cgroups", "cpuset cpu memory pids")))
                .isEqualTo(2);
        assertThat(KernelParts.cgroupVersion(said("cgroups", "#subsys_name\thierarchy\tnum\tenabled\ncpu\t2\t1\t1")))
                .isEqualTo(1);
    }

    @Test
    void knowsThatTheModulesAreGone() {
        assertThat(KernelParts.drivers(said("drivers", "gone"))).isEqualTo(new Drivers(false, Set.of()));
    }

    @ParameterizedTest
    @CsvSource({"iptables v1.8.2 (nf_tables), 1.8.2", "iptables v1.6.1, 1.6.1", "'', ''"})
    void readsIptablesVersion(String said, String version) {
        assertThat(KernelParts.iptables(said("iptables", said))).isEqualTo(version);
    }

    @Test
    void takesTheNewestOfSeveralFilesAndNoneForTheEpoch() {
        assertThat(KernelParts.newest(said("newest", "1700000000\n1795361851\n1600000000")))
                .isEqualTo(Instant.ofEpochSecond(1795361851));
        assertThat(KernelParts.newest(said("newest", ""))).isEqualTo(Instant.EPOCH);
    }

    private static Sections said(String section, String text) {
        return Sections.parse("@@homelab " + section + "\n" + text + "\n");
    }
}

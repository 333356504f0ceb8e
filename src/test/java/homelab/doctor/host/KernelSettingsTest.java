package homelab.doctor.host;

import static homelab.doctor.host.HostHouses.sections;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.doctor.Finding;
import homelab.doctor.Verdict;
import homelab.probe.Probe;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelSettingsTest {
    private static final KernelSettings CHECK = new KernelSettings();
    private static final Probe<?> PROBE = CHECK.probe(HostHouses.jarvis());
    private static final String SET =
            "net.ipv4.ip_forward 1\nnet.bridge.bridge-nf-call-iptables 1\nfs.inotify.max_user_instances 1024";
    private static final String KEPT = "net.ipv4.ip_forward\nnet.bridge.bridge-nf-call-iptables";
    private static final String MODULES = "br_netfilter\noverlay\nvxlan";

    @Test
    void allIsThereAndKept() {
        assertThat(machine(SET, KEPT, MODULES, MODULES).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void noForwardingIsAFault() {
        Finding finding = machine(SET.replace("ip_forward 1", "ip_forward 0"), KEPT, MODULES, MODULES);

        assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(finding.evidence()).containsExactly("net.ipv4.ip_forward is 0, and has to be 1");
    }

    @Test
    void aModuleThatIsNotLoadedIsAFault() {
        assertThat(machine(SET, KEPT, "overlay\nvxlan", MODULES).evidence())
                .containsExactly("the module br_netfilter is not loaded");
    }

    @Test
    void whatIsInNoFileIsGoneAtTheNextStart() {
        Finding finding = machine(SET, "net.ipv4.ip_forward", MODULES, "overlay\nvxlan");

        assertThat(finding.verdict()).isEqualTo(Verdict.WARN);
        assertThat(finding.evidence())
                .containsExactly(
                        "net.bridge.bridge-nf-call-iptables stands in no file of sysctl.d",
                        "the module br_netfilter stands in no file of modules-load.d");
    }

    @Test
    void whatIsBuiltInNeedsNoFile() {
        assertThat(house(SET, KEPT, "overlay\nvxlan", "overlay\nvxlan", "br_netfilter")
                        .isMachine()
                        .judge(CHECK)
                        .verdict())
                .isEqualTo(Verdict.PASS);
    }

    @ParameterizedTest
    @CsvSource({"128, WARN", "129, PASS"})
    void debiansOwnNumberOfWatchersIsTooSmall(int instances, Verdict verdict) {
        assertThat(machine(SET.replace("1024", "" + instances), KEPT, MODULES, MODULES)
                        .verdict())
                .isEqualTo(verdict);
    }

    @Test
    void aContainerHasItsMachinesModules() {
        HostHouses house = house("net.ipv4.ip_forward 1", "", "overlay", "", "").isContainer();
        assertThat(house.judge(CHECK).verdict()).isEqualTo(Verdict.PASS);

        HostHouses closed =
                house("net.ipv4.ip_forward 0", "", "overlay", "", "").isContainer();
        assertThat(closed.judge(CHECK).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void whatWasNotAnsweredIsUnknown() {
        assertThat(new HostHouses().blind(PROBE).judge(CHECK).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash -s", "busybox sh -s"})
    void theHostTellsItsSettings(String shell, @TempDir Path none) {
        var said = HostHouses.run(CHECK.probe(HostHouses.jarvis()), shell, none)
                .known()
                .orElseThrow();

        assertThat(said.text("set")).contains("net.ipv4.ip_forward ");
        assertThat(said.lines("kept")).allMatch(key -> key.startsWith("net."));
    }

    private static Finding machine(String set, String kept, String loaded, String keptModules) {
        return house(set, kept, loaded, keptModules, "").isMachine().judge(CHECK);
    }

    private static HostHouses house(String set, String kept, String loaded, String keptModules, String builtin) {
        return new HostHouses()
                .fact("facts:system", sections("modules", loaded, "builtin", ""))
                .says(PROBE, sections("set", set, "kept", kept, "kept-modules", keptModules, "builtin", builtin));
    }
}

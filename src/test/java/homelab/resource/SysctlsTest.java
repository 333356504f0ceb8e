package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.probe.Readings;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SysctlsTest {
    private static final Sysctls SYSCTLS = Sysctls.in("""
            # a comment = none
            net.ipv4.ip_forward = 1
            net.bridge.bridge-nf-call-iptables=1
            fs.inotify.max_user_watches = 524288
            kernel.panic = 10
            """);
    private static final String GOOD = """
            net.ipv4.ip_forward rw 1
            net.bridge.bridge-nf-call-iptables rw 1
            fs.inotify.max_user_watches rw 524288
            kernel.panic rw 10
            """;

    private static Status when(String out, boolean container) {
        Readings look = LocalSh.answering(
                SYSCTLS, "sysctls:" + String.join(",", SYSCTLS.wanted().keySet()), out);
        return SYSCTLS.status(look.and(Fixtures.container(container)));
    }

    @Test
    void areReadOutOfTheFileThatIsWritten() {
        assertThat(SYSCTLS.wanted())
                .containsOnlyKeys(
                        "net.ipv4.ip_forward",
                        "net.bridge.bridge-nf-call-iptables",
                        "fs.inotify.max_user_watches",
                        "kernel.panic")
                .containsEntry("kernel.panic", "10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh", "bash"})
    void areReadAsTheKernelHasThem(String shell) throws Exception {
        Sysctls two = new Sysctls(Map.of("fs.inotify.max_user_instances", "1", "kernel.no_such_key", "1"));
        Process process = new ProcessBuilder((shell + " -s").split(" ")).start();
        try (var in = process.outputWriter()) {
            in.write(two.probes().get(0).shell());
        }

        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        String is = new LocalSh()
                .run("cat /proc/sys/fs/inotify/max_user_instances")
                .out()
                .strip();
        assertThat(out.strip()).matches("fs\\.inotify\\.max_user_instances r[wo] " + is);
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void areSameInEffect() {
        assertThat(when(GOOD, false)).isEqualTo(Status.SAME);
    }

    @Test
    void aLimitMayBeHigherButNotLower() {
        assertThat(when(GOOD.replace("524288", "1048576"), false)).isEqualTo(Status.SAME);
        assertThat(when(GOOD.replace("524288", "8192"), false))
                .isEqualTo(Status.drift(Worst.CHANGE, "sysctl fs.inotify.max_user_watches", "8192", "524288"));
    }

    @Test
    void aValueIsNoLimitAndMustBeEqual() {
        assertThat(when(GOOD.replace("rw 10", "rw 60"), false))
                .isEqualTo(Status.drift(Worst.CHANGE, "sysctl kernel.panic", "60", "10"));
    }

    @Test
    void theBridgeKeysComeWithTheirModule() {
        assertThat(when(GOOD.replaceFirst("net.bridge.*\n", ""), false))
                .isEqualTo(Status.drift(Worst.CHANGE, "sysctl net.bridge.bridge-nf-call-iptables", "absent", "1"));
    }

    @Test
    void aKeyThatTheKernelHasNotIsNotHere() {
        assertThat(when(GOOD.replaceFirst("kernel.panic.*\n", ""), false))
                .isEqualTo(new Status.NotHere("this kernel has no kernel.panic"));
    }

    @Test
    void aContainerSetsWhatIsItsOwnAndNothingOfItsMachine() {
        String untuned = GOOD.replace("rw 10\n", "rw 0\n").replace("524288", "8192");
        assertThat(when(untuned, true)).isInstanceOf(Status.NotHere.class);
        assertThat(when(untuned.replace("ip_forward rw 1", "ip_forward rw 0"), true))
                .isEqualTo(Status.drift(Worst.CHANGE, "sysctl net.ipv4.ip_forward", "0", "1"));
        assertThat(when(untuned.replace("ip_forward rw 1", "ip_forward ro 0"), true)
                        .toString())
                .contains("net.ipv4.ip_forward cannot be set here");
    }

    @Test
    void theProbeReadsThisKernel() {
        Sysctls here = Sysctls.in("kernel.ostype = Linux\nno.such.key = 1\n");
        assertThat(new LocalSh()
                        .readings(here.probes())
                        .of(here.probes().get(0))
                        .toString())
                .contains("kernel.ostype=r")
                .contains(" Linux")
                .doesNotContain("no.such.key");
    }
}

package homelab.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that asks a host what happened, with a journalctl that tells lines of a night. */
class LookScriptTest {
    private static final Path SCRIPT = Path.of("src/main/resources/homelab/incident/look.sh");
    private static final String CUT = "a".repeat(32);

    @TempDir
    private Path root;

    @BeforeEach
    void aJournalOfANight() throws IOException {
        program("journalctl", """
                case "$*" in
                  *--list-boots*) echo " -1 %1$s Sun 2026-11-22 04:00:00 UTC"; echo "  0 $(tr -d - </proc/sys/kernel/random/boot_id) Sun" ;;
                  *"-o json"*"-b %1$s -n 1") echo '{"__REALTIME_TIMESTAMP":"1795320000000001","__MONOTONIC_TIMESTAMP":"3600000000"}' ;;
                  *"-o json"*"-b %1$s") echo '{"__REALTIME_TIMESTAMP":"1795316400000001","__MONOTONIC_TIMESTAMP":"1000000"}' ;;
                  *"-o json"*"-n 1") echo '{"__MONOTONIC_TIMESTAMP":"600000000","__REALTIME_TIMESTAMP":"1795322400000001"}' ;;
                  *"-o json"*) echo '{"__MONOTONIC_TIMESTAMP":"2000000","__REALTIME_TIMESTAMP":"1795320002000001"}' ;;
                  *short-unix*) cat %2$s/night ;;
                esac
                """.formatted(CUT, root));
    }

    private void program(String name, String sh) throws IOException {
        Path file = Files.createDirectories(root.resolve("bin")).resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + sh);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private HostPast look(String shell, String night) throws Exception {
        if (shell.startsWith("busybox")) {
            program("awk", "exec busybox awk \"$@\"\n");
        }
        Files.writeString(root.resolve("night"), night);
        Files.writeString(root.resolve("look"), "since=1795310000\n" + Files.readString(SCRIPT));
        ProcessBuilder builder = new ProcessBuilder((shell + " " + root + "/look").split(" "));
        builder.environment().put("PATH", root + "/bin:" + System.getenv("PATH"));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return HostPast.read("ultron", Instant.ofEpochSecond(1795310000), said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void tellsBootsWithTheirEndAndTheirClock(String shell) throws Exception {
        HostPast past = look(shell, "");

        assertThat(past.missing()).isEmpty();
        assertThat(past.boots()).extracting(Boot::end).containsExactly(Boot.End.CUT, Boot.End.NOW);
        assertThat(past.boots().get(0).clockStep()).hasSeconds(1);
        assertThat(past.boots().get(1).clockStep()).as("30 min forward").hasSeconds(1800);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void foldsWhatRepeatsAndLeavesOutTheRest(String shell) throws Exception {
        HostPast past = look(shell, """
                1795320010.100000 ultron kernel: hwmon hwmon1: Undervoltage detected!
                1795320011.100000 ultron kernel: usb 1-1: new high-speed USB device
                1795320012.100000 ultron k3s[9]: E1 failed to reserve sandbox name "a_b_c_1": name "a_b_c_1" is reserved for "7a48"
                1795320030.100000 ultron k3s[9]: E1 failed to reserve sandbox name "a_b_c_1": name "a_b_c_1" is reserved for "7a48"
                1795320040.100000 ultron systemd[1]: Started k3s-agent.service - Lightweight Kubernetes.
                1795320041.100000 ultron systemd[1]: Started homelab-live.timer - homelab: ask k3s every two minutes
                1795320042.100000 ultron systemd[1]: Started k3s-agent.service - Lightweight Kubernetes.
                1795321000.100000 ultron kernel: hwmon hwmon1: Undervoltage detected!
                """);

        List<Happening> told = past.journal().stream().sorted().toList();
        assertThat(told)
                .extracting(each -> each.kind() + " " + each.times())
                .containsExactly("POWER 1", "SANDBOX 2", "K3S 1", "K3S 1", "POWER 1");
        assertThat(told.get(1).last()).isEqualTo(Instant.ofEpochSecond(1795320030));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void tellsNoSecretAndNoBytesThatATerminalWouldObey(String shell) throws Exception {
        HostPast past = look(
                shell,
                "1795320010.1 ultron reap[7]: removes token=hunter2 K10abcdef::server:swordfish eyJhbGciOi.x.y \u001b[31mred\n");

        assertThat(past.journal())
                .singleElement()
                .satisfies(each -> assertThat(each.text())
                        .contains("removes ***")
                        .doesNotContain("hunter2", "swordfish", "eyJhb", "\u001b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void saysWhenThereIsMoreThanItTells(String shell) throws Exception {
        StringBuilder night = new StringBuilder();
        for (int i = 0; i < 700; i++) {
            night.append(1795320000 + i)
                    .append(".1 ultron systemd[1]: Started k3s.service - Lightweight Kubernetes.\n");
        }

        assertThat(look(shell, night.toString()).missing())
                .singleElement()
                .asString()
                .contains("more than 600");
    }
}

package homelab.command;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.problem.Exit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What doctor is asked wrongly, and what it can tell without any host. */
class DoctorCommandTest {
    private static final String INVENTORY = "inventory/two-pis.yaml";

    private static final String SNAPSHOT = "src/test/resources/doctor/snapshot-v1.json";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "check HOST-004, check takes no HOST-004",
        "list HOST, list takes no HOST",
        "list --fix, list looks at no host",
        "explain HOST-004 --watch, explain looks at no host",
        "list -o junit, list is text or json",
        "--fix --from-snapshot here.json, a snapshot does not change",
        "--watch --from-snapshot here.json, a snapshot does not change",
        "--fix --watch, '--fix ends, --watch does not'",
        "--watch -o json, --watch tells text",
        "--watch --save f, --watch writes no file",
        "--watch --textfile f, --watch writes no file",
        "timer, timer needs a file to write",
        "timer --textfile f --fix, timer looks at no host",
        "--remove, --remove is for timer",
    })
    void refusesWhatDoesNotGoTogether(String typed, String why) {
        Run run = doctor(typed.split(" "));

        assertThat(run.exit()).isEqualTo(Exit.USAGE);
        assertThat(run.err()).contains("✗ " + why, "fix  ");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void explainsNothingWithoutAnId() {
        Run run = doctor("explain");

        assertThat(run.exit()).isEqualTo(Exit.USAGE);
        assertThat(run.err()).contains("no check is named", "homelab doctor list");
    }

    @Test
    void takesAnIdAsItIsTyped() {
        assertThat(doctor("explain", "host-004").out()).startsWith("HOST-004  ");
        assertThat(doctor("explain", "host-0O4").err()).contains("'HOST-0O4'", "did you mean HOST-004?");
    }

    @ParameterizedTest
    @CsvSource({"--from-snapshot, --save", "--baseline, -o json >"})
    void saysHowTheFileThatIsNotThereIsMade(String option, String made) {
        Run run = doctor(option, folder.resolve("absent").toString());

        assertThat(run.exit()).isEqualTo(Exit.USAGE);
        assertThat(run.err())
                .contains("cannot be read", "there is no such file", made)
                .doesNotContain("Exception");
    }

    @Test
    void looksAtNothingWhenItCouldNotKeepIt() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");

        Run absent = doctor("--save", folder.resolve("absent/house.json").toString());
        Run below = doctor("--save", file.resolve("house.json").toString());
        Run itself = doctor("--save", folder.toString());

        assertThat(absent.exit()).isEqualTo(Exit.USAGE);
        assertThat(absent.err()).contains("there is no folder");
        assertThat(below.err()).contains("there is no folder");
        assertThat(itself.err()).contains("it is a folder");
    }

    @Test
    void saysHowATimeIsTyped() {
        Run run = doctor("--since", "yesterday");

        assertThat(run.exit()).isEqualTo(Exit.USAGE);
        assertThat(run.err()).contains("'yesterday' is no time such as 30m, 2h or 3d");
    }

    @Test
    void writesMetricsForEverybodyToRead() throws Exception {
        Path metrics = folder.resolve("homelab.prom");

        Run run = doctor("--from-snapshot", SNAPSHOT, "--textfile", metrics.toString());

        assertThat(run.exit()).isEqualTo(Exit.FAILED);
        assertThat(run.out()).contains("to mend");
        assertThat(metrics).content().contains("homelab_doctor_findings{").endsWith("\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(metrics)))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void needsNoSecretOfARegistryUnlessItMends() throws Exception {
        Path inventory = Files.writeString(folder.resolve("home.yaml"), """
                cluster: home
                network: {lan: 127.0.0.0/8}
                k3s: {version: v1.33.4+k3s1}
                nodes:
                  jarvis: {address: 127.0.0.1, port: 1, role: server}
                registries:
                  configs:
                    registry.home.arpa: {username: tony, password: {file: /absent}}
                """);

        Run look = Run.of("doctor", "-i", inventory.toString());
        Run mend = Run.of("doctor", "--fix", "-i", inventory.toString());

        assertThat(look.exit()).as(look.err()).isEqualTo(Exit.FAILED);
        assertThat(look.out()).contains("jarvis", "1 to mend");
        assertThat(mend.exit()).isEqualTo(Exit.USAGE);
        assertThat(mend.err()).contains("no secret from the file /absent");
    }

    private static Run doctor(String... typed) {
        String[] all = new String[typed.length + 3];
        all[0] = "doctor";
        System.arraycopy(typed, 0, all, 1, typed.length);
        all[typed.length + 1] = "-i";
        all[typed.length + 2] = INVENTORY;
        return Run.of(all);
    }
}

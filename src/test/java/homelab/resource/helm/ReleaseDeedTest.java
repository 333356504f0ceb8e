package homelab.resource.helm;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Secret;
import homelab.model.SecretData;
import homelab.resource.Deed;
import homelab.resource.LocalSh;
import homelab.resource.Resource;
import homelab.resource.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseDeedTest {
    private static final Release RELEASE = new Release(Captured.WHOAMI, Captured.SHA256, false);
    private static final ReleaseSecret SECRET =
            new ReleaseSecret("web", new SecretData("login", Map.of("password", new Secret("hunter2"))));

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh", "bash"})
    void isScriptForEveryShell(String shell) {
        for (Resource resource : List.of(RELEASE, SECRET, new HelmProgram("v3.18.4", Captured.SHA256))) {
            String text = ((Deed.Shell) resource.deed()).script();
            LocalSh.Ran ran = new LocalSh()
                    .run("command -v " + shell + " >/dev/null || exit 0\n" + shell + " -n <<'SCRIPT'\n" + text
                            + "\nSCRIPT\n");
            assertThat(ran.exit()).as(ran.out()).isZero();
        }
    }

    @Test
    void neverForcesRollsBackOrUninstalls() {
        assertThat(((Deed.Shell) RELEASE.deed()).script())
                .doesNotContain("--atomic", "--force ", "uninstall", "rollback ");
    }

    /** The script itself; doubles of Helm, k3s and systemd stand before it. */
    @ParameterizedTest
    @CsvSource({"0, ''", "1, The API of this server does not answer now: k3s is inactive."})
    void saysThatTheApiIsAwayWhenAnUpgradeFailed(int readyz, String said, @TempDir Path folder) throws IOException {
        Path helm = Files.writeString(folder.resolve("helm"), """
                #!/bin/sh
                case $* in 'show crds'* | *--dry-run*) exit 0 ;; esac
                echo 'Error: timed out waiting for the condition'
                exit 1
                """);
        assertThat(helm.toFile().setExecutable(true)).isTrue();
        String doubles = "sha256sum() { :; }\nsystemctl() { echo inactive; return 3; }\n"
                + "k3s() { case $* in *readyz*) return " + readyz + " ;; esac; }\n";

        LocalSh.Ran ran = new LocalSh()
                .run(doubles
                        + ((Deed.Shell) RELEASE.deed())
                                .script()
                                .replace("/var/lib/homelab/releases", folder.toString())
                                .replace("/usr/local/lib/homelab/helm", helm.toString()));

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out().strip()).isEqualTo(("Error: timed out waiting for the condition\n" + said).strip());
    }

    /** Doubles of Helm and k3s: of four Jobs one is of this run, a hook, and did not come to its end. */
    @Test
    void saysTheLastWordsOfTheHookThatFailed(@TempDir Path folder) throws IOException {
        Path helm = Files.writeString(folder.resolve("helm"), """
                #!/bin/sh
                case $* in 'show crds'* | *--dry-run*) exit 0 ;; esac
                echo 'Error: UPGRADE FAILED: pre-upgrade hooks failed'
                exit 1
                """);
        assertThat(helm.toFile().setExecutable(true)).isTrue();
        String doubles = "sha256sum() { :; }\nk3s() { case $* in\n*'get jobs'*)\n"
                + "  echo 'migrate <none> 2999-01-01T00:00:00Z pre-upgrade'\n"
                + "  echo 'earlier <none> 2001-01-01T00:00:00Z pre-upgrade'\n"
                + "  echo 'good 1 2999-01-01T00:00:00Z pre-upgrade'\n"
                + "  echo 'work <none> 2999-01-01T00:00:00Z <none>' ;;\n"
                + "*' logs '*) echo \"${*##* } cannot reach the database\" ;; esac; }\n";

        LocalSh.Ran ran = new LocalSh()
                .run(doubles
                        + ((Deed.Shell) RELEASE.deed())
                                .script()
                                .replace("/var/lib/homelab/releases", folder.toString())
                                .replace("/usr/local/lib/homelab/helm", helm.toString()));

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out().lines())
                .containsExactly(
                        "Error: UPGRADE FAILED: pre-upgrade hooks failed",
                        "job migrate said:",
                        "job/migrate cannot reach the database");
    }

    @Test
    void takesOverOnlyWhenAsked() {
        assertThat(((Deed.Shell) RELEASE.deed()).script()).contains("adopt=\n");
        assertThat(((Deed.Shell) new Release(Captured.WHOAMI, Captured.SHA256, true).deed()).script())
                .contains("adopt=--take-ownership\n");
    }

    @Test
    void showsNothingOfASecret() {
        assertThat(SECRET.toString() + SECRET.deed() + SECRET.probes()).doesNotContain("hunter2", "aHVudGVyMg");
        assertThat(((Deed.Shell) SECRET.deed()).script()).doesNotContain("hunter2");
    }

    @Test
    void comparesASecretByItsSaltedSum() {
        String sum = "6cec3a2bd6f9cdcf2ad5aeed5a3db6a9cac7b2d9d8b1ee98de3ed5fc2e3dc1f7";
        assertThat(secret("404 " + sum + " labelled"))
                .isEqualTo(Status.drift(homelab.resource.Worst.CREATE, "secret web/login", "absent", "password"));
        assertThat(secret("200 " + sum + " labelled 0123"))
                .isEqualTo(Status.drift(
                        homelab.resource.Worst.CHANGE, "secret web/login", "other content", "new content"));
        String salted = new LocalSh()
                .run("printf '0123\\npassword aHVudGVyMg==\\n' | sha256sum | cut -c1-64")
                .out()
                .strip();
        assertThat(secret("200 " + salted + " labelled 0123")).isEqualTo(Status.SAME);
        assertThat(secret("200 " + salted + " unlabelled 0123")).isInstanceOf(Status.Drift.class);
        assertThat(secret("503 " + sum + " labelled")).isInstanceOf(Status.Unknown.class);
    }

    private static Status secret(String answer) {
        return SECRET.status(LocalSh.answering(SECRET, "secret web/login", answer));
    }
}

package homelab.resource.helm;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Secret;
import homelab.model.SecretData;
import homelab.resource.Deed;
import homelab.resource.LocalSh;
import homelab.resource.Resource;
import homelab.resource.Status;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

package homelab.resource.argo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import homelab.model.Secret;
import homelab.resource.Deed;
import homelab.resource.LocalSh;
import homelab.resource.Status;
import homelab.resource.Status.Drift;
import homelab.resource.Worst;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminPasswordTest {
    private static final String PASSWORD = "correct 'horse'\\n battery $taple";
    private static final AdminPassword WANTED = new AdminPassword("argocd", new Secret(PASSWORD));

    /** A kubectl that keeps what it is told. */
    private static final String KUBECTL = """
            #!/bin/sh
            echo "$@" >>"$KEPT/words"
            case "$*" in *patch*) cat >"$KEPT/patch" ;; esac
            """;

    @TempDir
    private Path folder;

    private LocalSh sh = new LocalSh();

    @BeforeEach
    void fakeKubectl() throws IOException {
        Path k3s = Files.writeString(folder.resolve("k3s"), KUBECTL);
        assertThat(k3s.toFile().setExecutable(true)).isTrue();
        sh = new LocalSh(Map.of("PATH", folder + ":" + System.getenv("PATH"), "KEPT", folder.toString()));
        assumeTrue(sh.run("command -v perl").exit() == 0, "perl is not installed here");
    }

    private static Status answered(String answer) {
        return WANTED.status(LocalSh.answering(WANTED, WANTED.id(), answer));
    }

    @Test
    void writesAHashThatBelongsToThePasswordAndTakesTheFirstOneAway() throws IOException {
        LocalSh.Ran ran = sh.apply(WANTED);

        assertThat(ran.exit()).as(ran.out()).isZero();
        String patch = Files.readString(folder.resolve("patch"));
        String hash = patch.replaceFirst(".*\"admin.password\":\"([^\"]*)\".*", "$1");
        assertThat(hash).matches("\\$2b\\$10\\$[./A-Za-z0-9]{53}");
        assertThat(compared(hash, WANTED)).isEqualTo("same");
        assertThat(compared(hash, new AdminPassword("argocd", new Secret("another"))))
                .isEqualTo("other");
        assertThat(compared("", WANTED)).isEqualTo("other");
        assertThat(Files.readString(folder.resolve("words")))
                .contains("delete secret argocd-initial-admin-secret")
                .doesNotContain("horse", hash);
        assertThat(patch).doesNotContain("horse");
    }

    /** By the probe's own script, with an API that answers this hash. */
    private String compared(String hash, AdminPassword password) {
        String encoded =
                java.util.Base64.getEncoder().encodeToString(hash.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        String script = password.probes().get(0).shell();
        String api = "get() { read -r path; case $path in *initial*) printf '{}\\n404\\n' ;; *) printf '%s\\n200\\n' "
                + "'{\"data\":{\"admin.password\":\"" + encoded + "\"}}' ;; esac; }\n";
        int begin = script.indexOf("secret() {");
        String head = script.substring(0, script.indexOf("cd /var/lib/rancher"));
        return sh.run(head + api + script.substring(begin)).out().strip().replaceFirst("200 404 ", "");
    }

    @Test
    void makesAnotherHashEachTime() throws IOException {
        sh.apply(WANTED);
        String first = Files.readString(folder.resolve("patch"));
        sh.apply(WANTED);
        assertThat(Files.readString(folder.resolve("patch"))).isNotEqualTo(first);
    }

    @Test
    void hasNothingToDoWhenItIsSetAndTheFirstOneIsGone() {
        assertThat(answered("200 404 same")).isEqualTo(Status.SAME);
        assertThat(((Drift) answered("200 200 other")).changes()).hasSize(2);
        assertThat(answered("200 200 same"))
                .isEqualTo(
                        Status.drift(Worst.CHANGE, "Secret argocd/argocd-initial-admin-secret", "present", "absent"));
        assertThat(answered("404 404 other")).isInstanceOf(Status.Waits.class);
        assertThat(answered("no-perl"))
                .isEqualTo(new Status.Unknown("there is no perl on this server to compare it with"));
    }

    @Test
    void isNotShown() {
        assertThat(WANTED.toString() + WANTED.deed() + WANTED.status(new LocalSh().readings(java.util.List.of())))
                .doesNotContain("horse");
        assertThat(((Deed.Shell) WANTED.deed()).script()).doesNotContain("horse");
    }

    @Test
    void refusesWhatBcryptWouldCutOff() {
        assertThatThrownBy(() -> new AdminPassword("argocd", new Secret("x".repeat(73))))
                .hasMessage("it has 73 bytes, and bcrypt looks at the first 72 alone");
    }
}

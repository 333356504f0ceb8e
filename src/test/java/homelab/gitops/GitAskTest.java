package homelab.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import homelab.probe.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script for real, against a repository of this folder. */
class GitAskTest {
    private static final String APPLICATION = "kind: Application\nmetadata: {name: web}\n";

    @TempDir
    Path folder;

    @BeforeEach
    void aRepository() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/git")), "there is no /usr/bin/git here");
        Files.createDirectories(folder.resolve("my repo/apps of mine"));
        Files.writeString(folder.resolve("my repo/apps of mine/web.yaml"), APPLICATION);
        Files.writeString(folder.resolve("my repo/other.yaml"), "kind: Deployment\n");
        sh(
                "cd '" + folder
                        + "/my repo' && git init -q -b main && git add . && git -c user.name=a -c user.email=a@b commit -qm one");
    }

    private static String sh(String script) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("/bin/sh", "-s").start();
        try (var in = shell.getOutputStream()) {
            in.write(script.getBytes(StandardCharsets.UTF_8));
        }
        String out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        shell.waitFor();
        return out;
    }

    private List<Application> of(String revision, String repository) {
        String source = "{\"repoURL\":\"" + repository + "\",\"path\":\".\",\"targetRevision\":\"" + revision + "\"}";
        return Picture.applications(
                "{\"items\":[{\"metadata\":{\"name\":\"web\"},\"spec\":{\"source\":" + source + "}}]}");
    }

    private Reading<GitAsk.Seen> asked(List<Application> applications) throws Exception {
        Map<GitAsk.Place, Reading<GitAsk.Seen>> seen = GitAsk.parse(applications, sh(GitAsk.script(applications)));
        assertThat(seen).hasSize(1);
        return seen.values().iterator().next();
    }

    @Test
    void findsTheCommitAndTheFilesThatHoldAnApplication() throws Exception {
        String commit = sh("git -C '" + folder + "/my repo' rev-parse HEAD").strip();

        assertThat(asked(of("main", "file://" + folder + "/my repo")))
                .isEqualTo(new Reading.Known<>(new GitAsk.Seen(commit, Map.of("apps of mine/web.yaml", APPLICATION))));
    }

    @Test
    void saysInGitsWordsWhyItCouldNotBeAsked() throws Exception {
        assertThat(asked(of("main", "file://" + folder + "/none")))
                .isInstanceOfSatisfying(
                        Reading.Unknown.class,
                        unknown -> assertThat(unknown.why()).contains("none"));
    }

    @Test
    void isNoWayIntoTheShell() throws Exception {
        asked(of("main", "file:///'; touch '" + folder + "/broken"));
        asked(of("--upload-pack=touch " + folder + "/broken", "file://" + folder + "/my repo"));

        assertThat(folder.resolve("broken")).doesNotExist();
    }

    @Test
    void doesNotAskByAnAddressThatHoldsAPassword() {
        assertThat(GitAsk.script(of("main", "https://me:hunter2@git.example/a.git")))
                .doesNotContain("hunter2");
    }
}

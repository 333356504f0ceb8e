package homelab.command;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.problem.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store of passwords that is locked keeps only those from their work who need one. */
class LockedSecretsTest {
    @TempDir
    Path folder;

    private Run run(String typed) throws IOException {
        Path inventory = Files.writeString(folder.resolve("home.yaml"), """
                cluster: home
                network: {lan: 127.0.0.0/8}
                k3s: {version: v1.33.4+k3s1, token: {file: /absent}}
                nodes:
                  jarvis: {address: 127.0.0.1, port: 1, role: server}
                registries:
                  configs:
                    registry.home.arpa: {username: tony, password: {file: /absent}}
                """);
        return Run.of((typed + " -i " + inventory).split(" "));
    }

    @Test
    void needNoneToLook() throws IOException {
        Run run = run("addons plan");

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.BLIND);
        assertThat(run.err()).contains("jarvis").doesNotContain("/absent");
    }

    @Test
    void needThemAllBeforeAnyHostIsReachedWhereK3sIsInstalled() throws IOException {
        Run run = run("bootstrap --yes");

        assertThat(run.exit()).isEqualTo(Exit.USAGE);
        assertThat(run.err()).contains("no secret from the file /absent").doesNotContain("jarvis");
    }
}

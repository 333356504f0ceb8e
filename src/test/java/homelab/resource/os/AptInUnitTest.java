package homelab.resource.os;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Secret;
import homelab.resource.Exports;
import homelab.resource.LocalSh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The deed for real, with programs in its PATH that stand in for apt, dpkg and systemd. */
class AptInUnitTest {
    @TempDir
    Path folder;

    @BeforeEach
    void aHost() throws IOException {
        fake("apt-get", "echo \"apt-get $* front=$DEBIAN_FRONTEND proxy=${http_proxy-}\" >>log");
        fake("dpkg", "echo \"dpkg $*\" >>log; rm -f broken");
        fake("dpkg-query", "[ ! -e broken ] && echo 'ii ' || echo 'iF '");
        fake("systemctl", "[ -e working ] && echo active || { echo inactive; exit 3; }");
        fake("systemd-run", """
                echo "systemd-run $*" >>log; touch working
                for last; do :; done
                (sh "$last" >run/os-upgrade.log 2>&1; rm working) &
                """);
    }

    private void fake(String name, String script) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\ncd " + folder + "\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private LocalSh.Ran run(Map<String, Secret> environment) {
        LocalSh sh = new LocalSh(Map.of("PATH", folder + ":" + System.getenv("PATH")));
        return sh.run(new AptInUnit(new Exports(environment), folder + "/run").script());
    }

    private List<String> log() throws IOException {
        return Files.readAllLines(folder.resolve("log"));
    }

    @Test
    void asksNothingKeepsSettingsTakesNothingAwayAndWaitsForTheLock() throws IOException {
        assertThat(run(Map.of()).exit()).isZero();

        assertThat(log())
                .hasSize(2)
                .element(1)
                .asString()
                .contains("-o Dpkg::Options::=--force-confold", "-o Dpkg::Options::=--force-confdef")
                .contains("-o DPkg::Lock::Timeout=300", "--no-remove", "--with-new-pkgs upgrade")
                .contains("front=noninteractive");
    }

    @Test
    void showsTheProxysPasswordToNobody() throws IOException {
        assertThat(run(Map.of("http_proxy", new Secret("http://tony:hunter2@10.0.1.6:3128")))
                        .exit())
                .isZero();

        assertThat(log().get(0)).startsWith("systemd-run").doesNotContain("hunter2");
        assertThat(log().get(1)).endsWith("proxy=http://tony:hunter2@10.0.1.6:3128");
        assertThat(folder.resolve("run/os-upgrade.sh"))
                .as("gone once it is read")
                .doesNotExist();
    }

    @Test
    void finishesFirstWhatWasBrokenOff() throws IOException {
        Files.createFile(folder.resolve("broken"));

        assertThat(run(Map.of()).exit()).isZero();
        assertThat(log()).hasSize(4);
        assertThat(log().get(1)).startsWith("dpkg --configure -a --force-confold");
        assertThat(log().get(2)).contains("-f install");
        assertThat(log().get(3)).contains("--with-new-pkgs upgrade");
    }

    @Test
    void waitsForAnAptThatAnEarlierRunLeftAtWork() throws IOException {
        Files.createDirectories(folder.resolve("run"));
        Files.createFile(folder.resolve("working"));
        fake("sleep", "rm -f working; echo 0 >run/os-upgrade.exit");

        assertThat(run(Map.of()).exit()).isZero();
        assertThat(folder.resolve("log")).as("no second one was started").doesNotExist();
    }

    @Test
    void tellsWhoHoldsTheLock() throws IOException {
        fake("apt-get", """
                for i in 1 2 3; do
                  echo 'Waiting for cache lock: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 57 (unattended-upgr)...'
                done
                echo 'E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), is another process using it?' >&2
                exit 100
                """);

        LocalSh.Ran ran = run(Map.of());

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out())
                .containsOnlyOnce("It is held by process 57 (unattended-upgr)")
                .contains("E: Unable to acquire the dpkg frontend lock");
    }
}

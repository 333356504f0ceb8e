package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Downloads and uploads that go wrong, with an empty cache. Jarvis alone, since a second host would show the same. */
@ExtendWith(InLab.class)
@Timeout(300)
class BadMirrorsStory {
    private static Lab lab;
    private static Homelab homelab;
    private List<Footprint> before = List.of();

    @BeforeAll
    static void oneBareHost(Lab shared, Homelab user) {
        lab = shared.bare();
        homelab = user;
    }

    @BeforeEach
    void look() {
        before = Footprint.of(lab, Lab.SERVER);
    }

    @AfterEach
    void leavesTheHostAsItWas() {
        assertThat(Footprint.changes(before, Footprint.of(lab, Lab.SERVER))).isEmpty();
    }

    /** A user who never downloaded anything but has the program built, and whose mirror has a fault. */
    private static Homelab from(String fault) throws IOException {
        String ultron = "  ultron: {address: " + lab.address(Lab.AGENT) + ", role: agent, labels: {disk: ssd}}\n";
        Path folder = homelab.folder().resolve("mirror-" + fault);
        Path cache = Files.createDirectories(folder.resolve("cache/homelab"));
        for (String built : List.of("jar", "cds")) {
            Path shared = Path.of(homelab.env().get("XDG_CACHE_HOME"), "homelab", built);
            Files.createSymbolicLink(cache.resolve(built), shared);
        }
        Homelab user = new Homelab(lab, folder, homelab.env(), homelab.edit())
                .with("XDG_CACHE_HOME", cache.getParent())
                .where(ultron, "");
        return fault.equals("good") ? user : user.where(lab.mirror(), lab.mirror() + "/" + fault);
    }

    private static String[] artifacts() {
        return new String[] {"bootstrap", "--yes", "--only", "artifacts"};
    }

    @Test
    void saysThatTheMirrorIsDown() throws IOException {
        Run run = from("down").run(artifacts());

        Told.problem(
                run, Exit.FAILED, "cannot download http://127.0.0.1:.*/down/.*sha256sum", "HTTP 503", "k3s.releases");
    }

    @Test
    void saysThatTheListOfSumsIsCutAgainAndAgain() throws IOException {
        Run run = from("cut").run(artifacts());

        Told.problem(
                run,
                Exit.FAILED,
                "cannot download http://127.0.0.1:.*/cut/.*sha256sum",
                "the connection was cut",
                "run again");
    }

    @Test
    void showsBothSumsOfADamagedFileAndKeepsNothingOfIt() throws IOException {
        Homelab user = from("corrupt");

        Run run = user.run(artifacts());

        String sum = "[0-9a-f]{64}";
        Told.problem(
                run,
                Exit.FAILED,
                "cannot download .*/corrupt/.*/k3s",
                "its SHA-256 is " + sum + ", and " + sum,
                "do not use it");
        assertThat(user.files()).noneMatch(file -> file.matches(".*/(k3s|k3s.part)"));
    }

    @Test
    void saysThatTheDiskIsFullAndLeavesNoPart() throws IOException {
        lab.on(Lab.SERVER, "mount -t tmpfs -o size=8m tmpfs /usr/local/bin");
        Run run = from("good")
                .with("XDG_CACHE_HOME", homelab.env().get("XDG_CACHE_HOME"))
                .run(artifacts());
        String left = lab.on(Lab.SERVER, "ls -A /usr/local/bin");
        lab.on(Lab.SERVER, "umount /usr/local/bin");

        Told.problem(
                run, Exit.FAILED, "jarvis: no room for /usr/local/bin/k3s", "No space left", "df -h /usr/local/bin");
        assertThat(left).isEmpty();
    }

    @Test
    void endsASlowDownloadAtOnceWhenAskedToAndKeepsWhatCame() throws IOException {
        Homelab user = from("slow");
        Launched run = Launched.homelab(user, artifacts());
        run.until("a part comes", () -> user.files().stream().anyMatch(file -> file.endsWith("/k3s.part")));
        long begin = System.nanoTime();

        Said said = run.signal("INT").end();

        assertThat(said.exit()).isEqualTo(Exit.INTERRUPTED.code());
        assertThat(System.nanoTime() - begin).isLessThan(10_000_000_000L);
        assertThat(said.err()).contains("interrupted", "it continues where this one stopped");
        Told.noTrace(said.err());
        assertThat(user.files()).anyMatch(file -> file.endsWith("/k3s.part"));
    }
}

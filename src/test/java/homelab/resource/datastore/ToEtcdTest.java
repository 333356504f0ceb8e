package homelab.resource.datastore;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.resource.LocalSh;
import homelab.template.Templates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands before each start of k3s while its data move, run for real over the files of a server. */
class ToEtcdTest {
    @TempDir
    Path root;

    private Path db;
    private Path kept;
    private Path config;

    @BeforeEach
    void aServerOnSqlite() throws IOException {
        db = Files.createDirectories(root.resolve("var/lib/rancher/k3s/server/db"));
        kept = Files.createDirectories(root.resolve("var/lib/homelab")).resolve("sqlite");
        Files.writeString(db.resolve("state.db"), "pages");
        Files.writeString(db.resolve("state.db-wal"), "newer pages");
        Files.writeString(db.resolve("state.db-shm"), "an index of them");
        config = Files.createDirectories(root.resolve("etc/rancher/k3s")).resolve("config.yaml");
        Files.writeString(config, "node-name: jarvis\ncluster-init: true\ndisable: [traefik]\n");
    }

    private void k3sStarts(Map<String, String> environment) {
        String script = Templates.load("usr/local/lib/homelab/to-etcd").text();
        LocalSh.Ran ran = new LocalSh(environment).run("set -- " + root + "\n" + script);
        assertThat(ran.exit()).as(ran.out()).isZero();
    }

    private void k3sStarts() {
        k3sStarts(Map.of());
    }

    /** As k3s leaves it when it is killed: some of the keys are in etcd, and SQLite's file has its name. */
    private Path halfOfIt() throws IOException {
        return Files.createDirectories(db.resolve("etcd/member/wal"));
    }

    @Test
    void keepsWhatBelongsTogetherForRootAlone() throws IOException {
        k3sStarts();

        assertThat(kept.resolve("state.db")).hasContent("pages");
        assertThat(kept.resolve("state.db-wal")).hasContent("newer pages");
        assertThat(kept.resolve("state.db-shm")).doesNotExist();
        assertThat(Files.readString(kept.resolve("sums"))).hasLineCount(2);
        assertThat(new LocalSh().run("stat -c %a " + kept + " " + kept + "/*").out())
                .isEqualToNormalizingNewlines("700\n600\n600\n600\n");
        assertThat(config).content().contains("cluster-init: true");
    }

    @Test
    void aMoveThatBrokeOffBeginsAnew() throws IOException {
        Path half = halfOfIt();

        k3sStarts();

        assertThat(half).doesNotExist();
        assertThat(db.resolve("state.db")).hasContent("pages");
    }

    @Test
    void aMoveThatIsDoneIsLeftAlone() throws IOException {
        Path whole = halfOfIt();
        Files.move(db.resolve("state.db"), db.resolve("state.db.migrated"));

        k3sStarts();

        assertThat(whole).exists();
        assertThat(kept).doesNotExist();
    }

    @Test
    void whatSqliteHasWrittenSinceIsKeptInItsPlace() throws IOException {
        k3sStarts();
        Files.writeString(db.resolve("state.db"), "pages, and more");
        Files.delete(db.resolve("state.db-wal"));

        k3sStarts();

        assertThat(kept.resolve("state.db")).hasContent("pages, and more");
        assertThat(kept.resolve("state.db-wal")).doesNotExist();
    }

    @Test
    void whatIsKeptAlreadyIsNotCopiedAgain() throws IOException {
        k3sStarts();

        k3sStarts(Map.of("PATH", noSpace() + ":" + System.getenv("PATH")));

        assertThat(config).content().contains("cluster-init: true");
    }

    @Test
    void withoutACopyK3sStartsOnSqliteAndTheReasonIsWrittenDown() throws IOException {
        Path half = halfOfIt();

        k3sStarts(Map.of("PATH", noSpace() + ":" + System.getenv("PATH")));

        assertThat(config).hasContent("node-name: jarvis\ndisable: [traefik]\n");
        assertThat(half).doesNotExist();
        assertThat(root.resolve("var/lib/homelab/to-etcd.failed")).content().contains("No space left");
        assertThat(kept).doesNotExist();
        assertThat(root.resolve("var/lib/homelab/sqlite.part")).doesNotExist();
    }

    private Path noSpace() throws IOException {
        Path folder = Files.createDirectories(root.resolve("bin"));
        Path copy =
                Files.writeString(folder.resolve("cp"), "#!/bin/sh\necho 'cp: No space left on device' >&2\nexit 1\n");
        assertThat(copy.toFile().setExecutable(true)).isTrue();
        return folder;
    }
}

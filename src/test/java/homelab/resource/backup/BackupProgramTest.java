package homelab.resource.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The nodes' own program, with a double of restic that notes what it is asked for. */
class BackupProgramTest {
    private static final Path PROGRAM =
            Path.of("templates/usr/local/lib/homelab/backup").toAbsolutePath();
    private static final String DOUBLE_OF_RESTIC = """
            #!/bin/sh
            echo "$*" >>"$ASKED"
            case "$*" in
              *'cat config'*) [ -e "$ASKED.made" ] || { echo 'Fatal: config file does not exist' >&2; exit 1; }
                echo '{"version": 2, "id": "abc123"}' ;;
              *init*) touch "$ASKED.made" ;;
              *backup*) echo '{"message_type":"summary","files_new":1,"snapshot_id":"6df71a43"}' ;;
            esac
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void aNodeWithTwoVolumes() throws IOException {
        Path state = Files.createDirectories(folder.resolve("state/backup"));
        for (String volume : List.of("pvc-1-2_web_data", "pvc-3-4_db_pg.0", "other")) {
            Files.createDirectories(folder.resolve("storage").resolve(volume));
        }
        Files.writeString(state.resolve("settings"), settings("all"));
        Path restic =
                Files.writeString(Files.createDirectories(folder.resolve("bin")).resolve("restic"), DOUBLE_OF_RESTIC);
        Files.setPosixFilePermissions(restic, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String settings(String volumes) {
        return "node=ultron repository=/r ssh= storage='" + folder.resolve("storage") + "' volumes='" + volumes
                + "' directories='" + folder + "' frozen= keep='--keep-daily 7'\n";
    }

    private record Ended(int exit, String out, String asked) {}

    private Ended run(String shell, String words) throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/flock")), "this machine has no flock");
        String[] command = shell.equals("busybox")
                ? new String[] {"busybox", "sh", "-c", "exec busybox sh " + PROGRAM + " " + words}
                : new String[] {shell, "-c", "exec " + shell + " " + PROGRAM + " " + words};
        assumeTrue(
                List.of("/bin/", "/usr/bin/").stream().anyMatch(at -> Files.isExecutable(Path.of(at + shell))),
                "this machine has no " + shell);
        Path asked = folder.resolve("asked");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HOMELAB_STATE", folder.resolve("state").toString());
        builder.environment().put("ASKED", asked.toString());
        builder.environment().merge("PATH", folder.resolve("bin").toString(), (path, ours) -> ours + ":" + path);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes());
        try {
            return new Ended(process.waitFor(), out, Files.exists(asked) ? Files.readString(asked) : "");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox"})
    void findsVolumesByTheNamesThatLocalPathGivesTheirFolders(String shell) throws IOException {
        assertThat(run(shell, "sets").out().lines())
                .containsExactly(
                        "dir " + folder + " " + folder,
                        "claim web/data " + folder.resolve("storage/pvc-1-2_web_data"),
                        "claim db/pg.0 " + folder.resolve("storage/pvc-3-4_db_pg.0"));
        Files.writeString(folder.resolve("state/backup/settings"), settings("db web/other"));
        assertThat(run(shell, "sets").out()).contains("claim db/pg.0").doesNotContain("web/data");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox"})
    void makesTheRepositoryOnceCopiesForgetsAndWritesDownThatItDid(String shell) throws IOException {
        Ended ended = run(shell, "run one");

        assertThat(ended.exit()).as(ended.out()).isZero();
        assertThat(ended.asked())
                .contains(" init")
                .contains("--tag claim=web/data")
                .contains("forget")
                .contains("--prune");
        assertThat(Files.readString(folder.resolve("state/backup/run"))).endsWith(" one\n");
        assertThat(Files.readAllLines(folder.resolve("state/backup/last")))
                .hasSize(3)
                .anyMatch(line -> line.endsWith(" claim web/data as-found 6df71a43"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox"})
    void aRepositoryThatWasThereOnceIsNotMadeAnewOnADiskThatIsNotMounted(String shell) throws IOException {
        run(shell, "run one");
        Files.delete(folder.resolve("asked.made"));
        Files.delete(folder.resolve("asked"));

        Ended ended = run(shell, "run two");

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.out()).contains("/r is gone: is its disk mounted?");
        assertThat(ended.asked()).doesNotContain("init").doesNotContain("backup --quiet");
        assertThat(Files.readString(folder.resolve("state/backup/run"))).endsWith(" one\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox"})
    void whatIsToBePausedIsLeftForThenAndThenCopiedAlone(String shell) throws IOException {
        String first = run(shell, "run one").asked();
        Files.delete(folder.resolve("asked"));
        String alone = run(shell, "run two web/data").asked();

        assertThat(first).contains("claim=db/pg.0");
        assertThat(alone).contains("--tag claim=web/data").doesNotContain("claim=db/pg.0");
    }
}

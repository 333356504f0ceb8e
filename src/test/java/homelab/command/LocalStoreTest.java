package homelab.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.snapshot.Copy;
import homelab.snapshot.CopyNote;
import homelab.snapshot.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStoreTest {
    private static final Instant TAKEN = Instant.parse("2026-11-19T08:14:00Z");

    @TempDir
    private Path folder;

    private LocalStore store;
    private Path sealed;
    private CopyNote note;

    @BeforeEach
    void aSealedFile() throws IOException {
        store = new LocalStore(new Place.Here(Files.createDirectory(folder.resolve("copies"))));
        try (Scratch scratch = Scratch.in(folder)) {
            sealed = Files.copy(scratch.file(), folder.resolve("sealed"));
        }
        Files.writeString(sealed, "sealed");
        note = new CopyNote(TAKEN, 6, LocalStore.sum(sealed), List.of("age1x"));
    }

    @Test
    void whatIsPutIsThereForItsOwnerAloneAndComesBackTheSame() throws IOException {
        store.put(sealed, "a-1", note);

        Copy copy = store.copies().get(0);
        assertThat(copy).isEqualTo(new Copy("a-1", store.place(), 6, TAKEN, java.util.Optional.of(note)));
        assertThat(store.isIntact(copy)).isTrue();
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve("copies").resolve("a-1.age"))))
                .isEqualTo("rw-------");
        SnapshotStores.fetch(store, copy, folder.resolve("back"));
        assertThat(folder.resolve("back")).hasContent("sealed");
        store.delete(copy);
        assertThat(folder.resolve("copies")).isEmptyDirectory();
    }

    @Test
    void oneThatWasChangedOrCutIsNotTakenForWhole() throws IOException {
        store.put(sealed, "a-1", note);
        Path there = folder.resolve("copies").resolve("a-1.age");

        Files.writeString(there, "seaLed");
        assertThat(store.isIntact(store.copies().get(0))).isFalse();
        refused("it was changed since");
        Files.writeString(there, "seal");
        refused("it has 4 bytes, and 6 were written");
    }

    private void refused(String why) {
        assertThatThrownBy(() -> SnapshotStores.fetch(store, store.copies().get(0), folder.resolve("back")))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.exit()).isEqualTo(Exit.FAILED);
                    assertThat(failure.problems().get(0).why()).contains(why);
                });
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeItIsBrought() {
        assertThatThrownBy(() -> store.refuseWithoutRoom("a-1", Long.MAX_VALUE / 2))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.REFUSED));
        store.refuseWithoutRoom("a-1", 1);
    }

    @Test
    void whatAKilledRunLeftGoesAndWhatALivingOneWritesStays() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.createFile(folder.resolve(".homelab-snapshot-" + dead.pid() + "-1"));
        try (Scratch ours = Scratch.in(folder);
                Scratch another = Scratch.in(folder)) {
            assertThat(Files.list(folder).filter(file -> file.toString().contains(".homelab-snapshot-")))
                    .containsExactlyInAnyOrder(ours.file(), another.file());
        }
        assertThat(Files.list(folder).filter(file -> file.toString().contains(".homelab-snapshot-")))
                .isEmpty();
    }
}

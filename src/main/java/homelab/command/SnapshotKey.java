package homelab.command;

import homelab.kubeconfig.AtomicFile;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.snapshot.AgeKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The key for which snapshots of a cluster are sealed, in a file as age-keygen writes it. */
record SnapshotKey(Path file) {

    /** homelab's own of this cluster. */
    static SnapshotKey of(Io io, String cluster) {
        return new SnapshotKey(io.xdg("XDG_CONFIG_HOME", ".config").resolve(cluster + ".age-key"));
    }

    /** Made, for its owner alone, where there is none. */
    AgeKey orMade(Io io) {
        if (Files.exists(file)) {
            return read();
        }
        AgeKey made = AgeKey.make();
        try {
            Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
            AtomicFile.write(file, made.file().reveal().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw unreadable(e);
        }
        io.err()
                .println("made the key " + file
                        + ": keep a copy of it where the cluster is not, for nothing sealed for it"
                        + " can be opened without");
        return made;
    }

    /** @throws Failure with exit USAGE when it cannot be read or is none */
    AgeKey read() {
        try {
            Optional<AgeKey> key = AgeKey.parse(Files.readString(file));
            return key.orElseThrow(() -> new Failure(
                    Exit.USAGE,
                    Problem.of(
                            file + " holds no key of age",
                            "no line of it is AGE-SECRET-KEY-1…",
                            "age-keygen makes one")));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Failure unreadable(IOException e) {
        return new Failure(
                Exit.USAGE,
                Problem.of(
                        file + " cannot be read or made",
                        String.valueOf(e.getMessage()),
                        "name the file of the key with --identity"),
                e);
    }
}

package homelab.command;

import homelab.host.Host;
import homelab.host.Output;
import homelab.host.Script;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.resource.Content;
import homelab.resource.Sh;
import homelab.resource.snapshot.Beside;
import homelab.snapshot.CopyNote;
import homelab.snapshot.Sealed;
import homelab.snapshot.SnapshotLook;
import homelab.snapshot.Taken;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/** A snapshot and what belongs to it, brought from its server: in the clear it is nowhere but there. */
record SnapshotSeal(Job job) {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** Made one file of it there. @param sha256 of what is packed */
    record Packed(Host host, String file, long bytes, String sha256) implements AutoCloseable {
        @Override
        public void close() {
            run(host, "clean up", "rm -f " + Sh.quote(file));
        }

        /** @throws IOException when what came is not what was sent */
        void copy(OutputStream to) throws IOException {
            MessageDigest digest = Content.digest();
            Pieces.copy(host, file, bytes, new DigestOutputStream(to, digest));
            if (!HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
                throw new IOException("what came from " + host.name() + " is not what was sent");
            }
        }
    }

    /** On its server; gone there when it is closed. */
    Packed packed(Taken snapshot) {
        Host host = job.workshop().fleet().host(snapshot.server());
        String script = Beside.packed(job.cluster().name(), SnapshotLook.folder(job.cluster()), snapshot.name());
        String[] said = run(host, "pack", script).text().split("\n");
        return new Packed(host, Beside.way(snapshot.name()), Long.parseLong(said[0].strip()), said[1].strip());
    }

    /** Into a file here, sealed on the way. */
    static CopyNote sealed(Packed packed, Taken snapshot, Path into, List<String> recipients) {
        MessageDigest digest = Content.digest();
        try (OutputStream file = new DigestOutputStream(Files.newOutputStream(into), digest);
                OutputStream sealed = Sealed.into(file, recipients)) {
            packed.copy(sealed);
        } catch (IOException e) {
            throw new Failure(
                    Exit.FAILED,
                    Problem.of(
                            snapshot.name() + " could not be sealed",
                            String.valueOf(e.getMessage()),
                            "run the same command again when the reason is mended"),
                    e);
        }
        return new CopyNote(
                snapshot.at(), into.toFile().length(), HexFormat.of().formatHex(digest.digest()), recipients);
    }

    static Output run(Host host, String what, String script) {
        Output output = host.run(Script.root(what + " a snapshot", script, LIMIT));
        if (!output.ok()) {
            throw new Failure(
                    Exit.FAILED,
                    Problem.of(
                            host.name() + ": could not " + what + " the snapshot",
                            output.errors().strip(),
                            "run the same command again when the reason is mended"));
        }
        return output;
    }
}

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
import homelab.snapshot.AgeKey;
import homelab.snapshot.Sealed;
import homelab.snapshot.SnapshotLook;
import homelab.snapshot.Taken;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Brings a snapshot and what belongs to it from its server into a file here, sealed on the way: in the clear it is nowhere
 * but on the server.
 */
record SnapshotPull(Io io, Job job) {
    private static final int PIECE = 8 * 1024 * 1024;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** @param recipients for whom it is sealed; for homelab's own key when there are none */
    Exit bring(Taken snapshot, Optional<Path> folder, List<String> recipients) {
        if (snapshot.isElsewhere()) {
            throw new Failure(
                    Exit.REFUSED,
                    Problem.of(snapshot.name() + " lies in S3", "", "fetch it from there: " + snapshot.place()));
        }
        List<String> sealedFor = recipients.isEmpty() ? List.of(own().recipient()) : recipients;
        Host host = job.workshop().fleet().host(snapshot.server());
        Path file = folder(folder).resolve(snapshot.name() + SnapshotFile.END);
        String[] packed = packed(host, snapshot);
        try {
            write(host, snapshot, file, Long.parseLong(packed[0].strip()), packed[1].strip(), sealedFor);
        } finally {
            run(host, "clean up", "rm -f " + Sh.quote(Beside.way(snapshot.name())));
        }
        run(host, "write down", pulled(snapshot));
        job.quiet();
        io.out().println(file);
        io.err().println("sealed for " + String.join(", ", sealedFor));
        return Exit.DONE;
    }

    /** Makes one file of it there, to be copied. @return its size and its SHA-256 */
    String[] packed(Host host, Taken snapshot) {
        return run(
                        host,
                        "pack",
                        Beside.packed(job.cluster().name(), SnapshotLook.folder(job.cluster()), snapshot.name()))
                .text()
                .split("\n");
    }

    /** Before any host is reached. @throws Failure with exit USAGE for what is no key */
    static void refuseOtherThanKeys(List<String> recipients) {
        recipients.stream().filter(key -> !Sealed.isRecipient(key)).forEach(key -> {
            throw new Failure(
                    Exit.USAGE,
                    Problem.of(
                            "'" + key + "' is no key of age",
                            "one begins with age1 and has 62 characters",
                            "age-keygen makes one, and prints it"));
        });
    }

    /** Names of those that were brought to the usual folder. */
    Set<String> here() {
        String[] files = folder(Optional.empty()).toFile().list();
        return Stream.ofNullable(files)
                .flatMap(Arrays::stream)
                .filter(file -> file.endsWith(SnapshotFile.END) && !file.startsWith("."))
                .map(file -> file.substring(0, file.length() - SnapshotFile.END.length()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** For doctor, which cannot see what lies here. */
    private static String pulled(Taken snapshot) {
        long second = snapshot.at().getEpochSecond();
        return """
                file=%3$s
                read -r last more 2>/dev/null <$file || last=0
                [ "${last:-0}" -ge %1$d ] || { echo %2$s >$file.part && mv $file.part $file; }
                """.formatted(second, Sh.quote(second + " " + snapshot.name()), SnapshotLook.PULLED);
    }

    private AgeKey own() {
        return SnapshotKey.of(io, job.cluster().name()).orMade(io);
    }

    private Path folder(Optional<Path> named) {
        return named.map(io.folder()::resolve)
                .orElseGet(() -> io.xdg("XDG_DATA_HOME", ".local/share")
                        .resolve(job.cluster().name())
                        .resolve("snapshots"));
    }

    private void write(Host host, Taken snapshot, Path file, long size, String sum, List<String> recipients) {
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            Files.createDirectories(file.resolveSibling(""));
            Files.deleteIfExists(part);
            try (FileChannel channel = FileChannel.open(
                    part,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                OutputStream sealed = Sealed.into(Channels.newOutputStream(new Unclosed(channel)), recipients);
                copy(host, snapshot, sealed, size, sum);
                sealed.close();
                channel.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Failure(
                    Exit.FAILED,
                    Problem.of(
                            file + " could not be written",
                            String.valueOf(e.getMessage()),
                            "name another folder with --to"),
                    e);
        } finally {
            part.toFile().delete();
        }
    }

    /** In pieces, each with its own deadline. */
    static void copy(Host host, Taken snapshot, OutputStream to, long size, String sum) throws IOException {
        DigestOutputStream counted = new DigestOutputStream(to, Content.digest());
        for (long sent = 0; sent < size; ) {
            String piece =
                    "tail -c +" + (sent + 1) + " " + Sh.quote(Beside.way(snapshot.name())) + " | head -c " + PIECE;
            byte[] read = run(host, "read", piece).out();
            if (read.length == 0) {
                break;
            }
            counted.write(read);
            sent += read.length;
        }
        if (!HexFormat.of().formatHex(counted.getMessageDigest().digest()).equals(sum)) {
            throw new IOException("what came from " + host.name() + " is not what was sent");
        }
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

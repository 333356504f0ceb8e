package homelab.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** OpenSSH's known_hosts file, read anew for each question so that several programs may add to it. */
final class KnownHosts {
    private final Path file;

    KnownHosts(Path file) {
        this.file = file;
    }

    /** What the file says of a key that a host showed. */
    sealed interface Verdict {}

    record Same() implements Verdict {}

    /** The file does not speak of the host. */
    record New() implements Verdict {}

    /** The file has another key, or says that this one is revoked. */
    record Other(KnownHostsLine line) implements Verdict {}

    Path file() {
        return file;
    }

    /** A host of which another kind of key is known is not new: whoever answers should have had that key. */
    Verdict judge(String host, int port, HostKey key) {
        List<KnownHostsLine> about = about(host, port);
        Optional<KnownHostsLine> revoked = about.stream()
                .filter(line -> line.isRevoked() && line.key().equals(key))
                .findFirst();
        List<KnownHostsLine> plain =
                about.stream().filter(KnownHostsLine::isPlain).toList();
        if (revoked.isPresent()) {
            return new Other(revoked.get());
        }
        if (plain.stream().anyMatch(line -> line.key().equals(key))) {
            return new Same();
        }
        return plain.isEmpty() ? new New() : new Other(likest(plain, key));
    }

    /** The kinds of keys known of the host, so that it is asked for one of these. */
    List<String> types(String host, int port) {
        return about(host, port).stream()
                .filter(KnownHostsLine::isPlain)
                .map(line -> line.key().type())
                .distinct()
                .toList();
    }

    /** One write in append mode: lines of other threads and programs stay whole. */
    synchronized void add(String host, int port, HostKey key) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.exists(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        String line = KnownHostsLine.name(host, port) + " " + key.type() + " " + key.base64() + "\n";
        byte[] bytes = (endsWithinLine() ? "\n" + line : line).getBytes(StandardCharsets.UTF_8);
        var privately = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var append = Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE);
        try (var channel = Files.newByteChannel(file, append, privately)) {
            channel.write(ByteBuffer.wrap(bytes));
        }
    }

    private boolean endsWithinLine() throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return channel.read(last, channel.size() - 1) == 1 && last.get(0) != '\n';
        }
    }

    private static KnownHostsLine likest(List<KnownHostsLine> lines, HostKey key) {
        return lines.stream()
                .filter(line -> line.key().type().equals(key.type()))
                .findFirst()
                .orElse(lines.get(0));
    }

    private List<KnownHostsLine> about(String host, int port) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            // ISO-8859-1, because a comment in another encoding must not hide the rest of the file.
            List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
            List<KnownHostsLine> about = new ArrayList<>();
            for (int number = 1; number <= lines.size(); number++) {
                KnownHostsLine.parse(number, lines.get(number - 1))
                        .filter(line -> line.isAbout(host, port))
                        .ifPresent(about::add);
            }
            return about;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

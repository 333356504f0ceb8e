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
    private final List<Path> files;
    private final Path file;

    KnownHosts(Path file) {
        this(List.of(file));
    }

    /** @param files all are believed, the first is written to */
    KnownHosts(List<Path> files) {
        this.files = List.copyOf(files);
        this.file = files.get(0);
    }

    /** What the file says of a key that a host showed. */
    sealed interface Verdict {}

    record Same() implements Verdict {}

    /** The file does not speak of the host. */
    record New() implements Verdict {}

    /** The file has another key, or says that this one is revoked. */
    record Other(Path file, KnownHostsLine line) implements Verdict {}

    Path file() {
        return file;
    }

    /** A host of which another kind of key is known is not new: whoever answers should have had that key. */
    Verdict judge(String host, int port, HostKey key) {
        List<Told> about = about(host, port);
        Optional<Told> revoked = about.stream()
                .filter(told -> told.line().isRevoked() && told.line().key().equals(key))
                .findFirst();
        List<Told> plain = about.stream().filter(told -> told.line().isPlain()).toList();
        if (revoked.isPresent()) {
            return new Other(revoked.get().file(), revoked.get().line());
        }
        if (plain.stream().anyMatch(told -> told.line().key().equals(key))) {
            return new Same();
        }
        return plain.isEmpty() ? new New() : likest(plain, key);
    }

    private record Told(Path file, KnownHostsLine line) {}

    /** The kinds of keys known of the host, so that it is asked for one of these. */
    List<String> types(String host, int port) {
        return about(host, port).stream()
                .map(Told::line)
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

    private static Other likest(List<Told> lines, HostKey key) {
        Told told = lines.stream()
                .filter(each -> each.line().key().type().equals(key.type()))
                .findFirst()
                .orElse(lines.get(0));
        return new Other(told.file(), told.line());
    }

    private List<Told> about(String host, int port) {
        List<Told> about = new ArrayList<>();
        files.stream().filter(Files::exists).forEach(each -> about(each, host, port, about));
        return about;
    }

    private static void about(Path file, String host, int port, List<Told> about) {
        try {
            // ISO-8859-1, because a comment in another encoding must not hide the rest of the file.
            List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
            for (int number = 1; number <= lines.size(); number++) {
                KnownHostsLine.parse(number, lines.get(number - 1))
                        .filter(line -> line.isAbout(host, port))
                        .ifPresent(line -> about.add(new Told(file, line)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

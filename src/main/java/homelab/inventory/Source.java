package homelab.inventory;

import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Place;
import homelab.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of an inventory file, without a byte order mark.
 *
 * @param file as the user named it
 * @param lines as YAML counts them
 */
record Source(String file, String text, List<String> lines) {
    /** Ten nodes take 2 KiB. More than this is another file, given by mistake. */
    private static final int LIMIT = 1 << 20;

    private static final Pattern LINE_END = Pattern.compile("\r\n|[\n\r\u0085\u2028\u2029]");
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]");
    /** What may be a secret in a line that is shown: behind a key that says so, and the login in a URL. */
    private static final Pattern SECRET = Pattern.compile(
            "((?:token|passw|secret(?!s-encryption))[^:]*:\\s*+)\\S.*|(://)[^/@\\s]*@", Pattern.CASE_INSENSITIVE);

    Source {
        lines = List.copyOf(lines);
    }

    /** @throws Failure when there is no such file, or it cannot be an inventory */
    static Source read(Path file) {
        byte[] bytes = bytes(file);
        if (bytes.length > LIMIT) {
            throw refused(file, "it is larger than 1 MiB; an inventory of ten nodes is about 2 KiB");
        }
        return of(file.toString(), decoded(file, bytes));
    }

    static Source of(String file, String text) {
        String plain = text.startsWith("\ufeff") ? text.substring(1) : text;
        Source source = new Source(file, plain, List.of(LINE_END.split(plain, -1)));
        Matcher control = CONTROL.matcher(plain);
        if (control.find()) {
            throw source.binary(control.start());
        }
        return source;
    }

    /** @param line and column counted from 0, as the parser does */
    Place place(int line, int column) {
        Optional<String> excerpt = lines.stream()
                .skip(line)
                .findFirst()
                .filter(text -> !text.isBlank())
                .map(Source::shown);
        return new Place(file, line + 1, column + 1, excerpt);
    }

    private static String shown(String line) {
        return SECRET.matcher(line).replaceAll(found -> found.group(1) == null ? "://***@" : "$1***");
    }

    private static byte[] bytes(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LIMIT + 1);
        } catch (NoSuchFileException e) {
            throw new Failure(
                    Exit.USAGE,
                    Problem.of(
                            "there is no inventory " + file,
                            "no such file",
                            "name yours with -i, or start from a copy of inventory/two-pis.yaml"),
                    e);
        } catch (IOException e) {
            throw refused(file, Files.isDirectory(file) ? "it is a folder" : "it cannot be read: " + e.getMessage());
        }
    }

    private static String decoded(Path file, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(in).toString();
        } catch (CharacterCodingException e) {
            // The decoder stops before the offending byte, so what it took so far tells the line.
            CharBuffer before = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes, 0, in.position()));
            int line = LINE_END.split(before, -1).length;
            throw refused(file, "it is not UTF-8 text: line " + line + " has bytes of another encoding");
        }
    }

    private Failure binary(int index) {
        String[] before = LINE_END.split(text.substring(0, index), -1);
        return refused(
                Path.of(file),
                "it is not text: line " + before.length + " has the control character 0x"
                        + String.format("%02x", (int) text.charAt(index)));
    }

    private static Failure refused(Path file, String why) {
        return new Failure(
                Exit.USAGE,
                Problem.of(file + " is not an inventory", why, "give a YAML file in UTF-8, see inventory/"));
    }
}

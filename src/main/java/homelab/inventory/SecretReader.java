package homelab.inventory;

import homelab.model.Secret;
import homelab.model.SecretSource;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Fetches secrets from where the inventory says they are. What is thrown never holds the secret. */
public final class SecretReader {
    private static final int LIMIT = 1 << 16;
    /** Long enough for somebody to unlock a password manager. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private SecretReader() {}

    /** @throws Failure when there is no such secret, it is empty, or others could read it */
    public static Secret read(SecretSource source) {
        return read(source, System.getenv(), PATIENCE);
    }

    /** One of several lines, as a private key is. */
    public static Secret lines(SecretSource source) {
        Found found = find(source, System.getenv(), PATIENCE);
        return new Secret(text(found.subject(), found.bytes()).stripTrailing() + "\n");
    }

    static Secret read(SecretSource source, Map<String, String> environment, Duration patience) {
        Found found = find(source, environment, patience);
        return secret(found.subject(), found.bytes());
    }

    private record Found(String subject, byte[] bytes) {}

    private static Found find(SecretSource source, Map<String, String> environment, Duration patience) {
        if (source instanceof SecretSource.Said said) {
            return new Found("the inventory", said.text().getBytes(StandardCharsets.UTF_8));
        }
        if (source instanceof SecretSource.FromFile file) {
            return new Found("the file " + file.path(), fromFile(file.path()));
        }
        if (source instanceof SecretSource.FromEnv env) {
            return new Found("the variable " + env.variable(), fromEnv(env.variable(), environment));
        }
        SecretSource.FromCommand command = (SecretSource.FromCommand) source;
        // Only the program is named: its arguments are the user's and may tell too much.
        String subject = "the command " + command.argv().get(0);
        return new Found(subject, SecretCommand.run(subject, command.argv(), patience, LIMIT + 1));
    }

    private static byte[] fromFile(Path file) {
        String subject = "the file " + file;
        if (!Files.isRegularFile(file)) {
            throw refused(subject, "there is no such file", "make it, or name another in the inventory");
        }
        try (InputStream in = Files.newInputStream(file)) {
            refuseReadable(subject, file);
            return in.readNBytes(LIMIT + 1);
        } catch (IOException e) {
            throw refused(subject, "it cannot be read: " + e.getMessage(), "");
        }
    }

    private static void refuseReadable(String subject, Path file) throws IOException {
        Set<PosixFilePermission> open = Files.getPosixFilePermissions(file);
        if (open.contains(PosixFilePermission.GROUP_READ) || open.contains(PosixFilePermission.OTHERS_READ)) {
            throw refused(subject, "other users of this machine can read it", "chmod 600 " + file);
        }
    }

    private static byte[] fromEnv(String variable, Map<String, String> environment) {
        return Optional.ofNullable(environment.get(variable))
                .orElseThrow(() -> refused("the variable " + variable, "it is not set", "export " + variable + "=..."))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Secret secret(String subject, byte[] bytes) {
        String text = text(subject, bytes).replaceFirst("\\r?\\n$", "");
        if (text.lines().count() > 1) {
            throw refused(subject, "it holds more than one line", "leave the secret alone there");
        }
        return new Secret(text);
    }

    /** What there is, if it is text and not blank. */
    private static String text(String subject, byte[] bytes) {
        if (bytes.length > LIMIT) {
            throw refused(subject, "it is larger than 64 KiB", "a secret is one line; is this the right one?");
        }
        String text = decoded(subject, bytes);
        if (text.isBlank()) {
            throw refused(subject, "it holds nothing", "put the secret there, on one line");
        }
        return text;
    }

    private static String decoded(String subject, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused(subject, "it is not UTF-8 text", "");
        }
    }

    static Failure refused(String subject, String why, String fix) {
        return new Failure(Exit.USAGE, Problem.of("no secret from " + subject, why, fix));
    }
}

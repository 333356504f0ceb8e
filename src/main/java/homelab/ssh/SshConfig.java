package homelab.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The user's configuration of OpenSSH. It is not read here: the installed {@code ssh -G} tells what it comes to, with
 * every Include, Match and wildcard, and connects to nobody (ssh(1)). Asked only where there is a configuration.
 */
final class SshConfig {
    private static final Path SYSTEM = Path.of("/etc/ssh/ssh_config");
    private static final long LIMIT_SECONDS = 10;

    private final Path file;
    private final boolean there;
    private final Map<List<String>, Optional<SshSettings>> known = new ConcurrentHashMap<>();

    SshConfig(Path home) {
        this.file = home.resolve(".ssh/config");
        this.there = Files.isReadable(file) || hasFiles(SYSTEM.resolveSibling("ssh_config.d"));
    }

    private static boolean hasFiles(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Nothing without a configuration, or without the program that understands it.
     *
     * @param login what is said elsewhere already, as options of ssh
     */
    Optional<SshSettings> of(String name, List<String> login) {
        if (!there || name.startsWith("-")) {
            return Optional.empty();
        }
        List<String> question =
                Stream.concat(login.stream(), Stream.of("--", name)).toList();
        return known.computeIfAbsent(question, this::ask);
    }

    private Optional<SshSettings> ask(List<String> question) {
        List<String> command = Stream.concat(Stream.of("ssh", "-G", "-T", "-F", "/dev/stdin"), question.stream())
                .toList();
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().write(asked().getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            return answer(process, question.get(question.size() - 1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The first value counts, so what ends the list tells whether anything came before it. */
    private String asked() {
        String user = Files.isReadable(file) ? "Include \"" + file + "\"\nMatch all\n" : "";
        String system = Files.isReadable(SYSTEM) ? "Include " + SYSTEM + "\nMatch all\n" : "";
        return user + system + "User " + SshSettings.UNSAID_USER + "\nPort " + SshSettings.UNSAID_PORT + "\n";
    }

    private Optional<SshSettings> answer(Process process, String name) throws IOException {
        try {
            // Its output is some kilobytes and fits the pipe; a Match exec that hangs must not hang us.
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw SshProblems.configSilent(file, LIMIT_SECONDS);
            }
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.exitValue() != 0) {
                throw SshProblems.configBroken(file, name);
            }
            return Optional.of(SshSettings.parse(text));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}

package homelab.command;

import homelab.host.Asker;
import homelab.model.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Asks on the terminal of this process, whatever its streams are. A small shell does so, because it puts the echo back
 * when the run is interrupted meanwhile; what is typed comes by a pipe, never as an argument.
 */
final class TerminalAsker implements Asker {
    private static final String ASKING = """
            exec </dev/tty || exit 1
            before=$(stty -g) || exit 1
            trap 'stty "$before"' EXIT
            trap 'exit 130' HUP INT TERM
            stty -echo
            printf '%s' "$1" >/dev/tty
            IFS= read -r said || exit 1
            echo >/dev/tty
            printf '%s' "$said"
            """;

    private volatile Runnable before = () -> {};
    private volatile Runnable after = () -> {};

    /** From now on what is drawn on the terminal is put away while it asks. */
    void around(Runnable hide, Runnable show) {
        before = hide;
        after = show;
    }

    @Override
    public synchronized Optional<Secret> ask(String question) {
        before.run();
        try {
            Process process = new ProcessBuilder("sh", "-c", ASKING, "sh", question)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(new Secret(said)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            after.run();
        }
    }
}

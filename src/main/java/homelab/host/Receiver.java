package homelab.host;

import homelab.model.NodeName;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.time.Duration;

/**
 * The host's side of an upload: takes bytes from standard input into {@code path.part.PID}, proves them, and only then
 * puts them in place. The part is gone whenever the upload is not done. A receiver whose run was killed may still be at
 * work: the next one takes its part away, so that it has nothing left to put in place.
 *
 * @param sha256 64 lower-case hex digits
 * @param mode octal, e.g. "0755"
 * @param bytes how many there are
 */
public record Receiver(String path, String sha256, String mode, long bytes) {
    private static final int NOT_WRITTEN = 81;
    private static final int CUT = 82;
    private static final int DAMAGED = 83;
    private static final long SLOWEST_BYTES_PER_SECOND = 256 * 1024;

    private static final String TEXT = """
            p=${part}.$$
            trap 'rm -f "$p"' EXIT
            trap 'exit 143' HUP INT TERM
            mkdir -p ${parent} && rm -f ${part} ${part}.* || exit 81
            (umask 077; cat >"$p") || exit 81
            [ "$(wc -c <"$p")" -eq ${bytes} ] || exit 82
            s=$(sha256sum <"$p") || exit 84
            [ "${s%% *}" = ${sha256} ] || { echo "${s%% *}"; exit 83; }
            chmod ${mode} "$p" && { sync "$p" 2>/dev/null || sync; } && mv -f "$p" ${path} || exit 84
            sync ${parent} 2>/dev/null || sync
            """;

    public Receiver {
        if (!sha256.matches("[0-9a-f]{64}") || !mode.matches("[0-7]{3,4}") || !path.matches("/.*[^/]")) {
            throw new IllegalArgumentException("an upload needs a path, a SHA-256 and an octal mode");
        }
    }

    /** To be sent {@linkplain Envelope#streaming streaming}, the file's bytes after it. */
    public Script script() {
        String text = TEXT.replace("${part}", Envelope.quoted(path + ".part"))
                .replace("${parent}", Envelope.quoted(parent(path)))
                .replace("${bytes}", "" + bytes)
                .replace("${sha256}", sha256)
                .replace("${mode}", mode)
                .replace("${path}", Envelope.quoted(path));
        return Script.root("upload " + path, text, Duration.ofSeconds(120 + bytes / SLOWEST_BYTES_PER_SECOND));
    }

    /** @throws Failure when the file is not in place */
    public void judge(NodeName node, Output output) {
        if (!output.ok()) {
            throw new Failure(Exit.FAILED, problem(node, output));
        }
    }

    private Problem problem(NodeName node, Output output) {
        String said = output.errors().strip();
        if (output.exit() == NOT_WRITTEN && said.contains("No space left")) {
            return HostProblems.noRoom(node, path, bytes, said);
        }
        return switch (output.exit()) {
            case CUT -> HostProblems.notStored(node, path, "fewer bytes arrived than were sent");
            case DAMAGED ->
                HostProblems.damaged(node, path, sha256, output.text().strip());
            default -> HostProblems.notStored(node, path, said.isEmpty() ? "exit " + output.exit() : said);
        };
    }

    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash == 0 ? "/" : path.substring(0, slash);
    }
}

package homelab.ssh;

import homelab.model.Access;
import homelab.model.NodeName;
import homelab.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Why a node cannot be connected to, in words. */
final class SshProblems {
    private final NodeName node;
    private final Access.Ssh access;

    SshProblems(NodeName node, Access.Ssh access) {
        this.node = node;
        this.access = access;
    }

    /** Nobody answered as SSH within the deadline. */
    Problem unreachable(Exception last, Duration tried) {
        return Problem.of(
                node + ": cannot be reached by SSH",
                place() + ": " + seen(last) + " (tried for " + tried.toSeconds() + " s)",
                "see that it is switched on, has this address and runs sshd: " + ssh());
    }

    Problem notLetIn(Keys keys, List<String> allowed) {
        String why = keys.usable().isEmpty()
                ? "there is no private key to try" + offered(keys, ": ")
                : place() + " refused" + offered(keys, " ") + "; it takes " + String.join(", ", allowed);
        return Problem.of(node + ": " + access.user() + " is not let in", why, keyFix(keys));
    }

    Problem changedKey(AcceptNew.Refusal refusal, Path file) {
        KnownHostsLine line = refusal.line();
        String name = KnownHostsLine.name(access.address().toString(), access.port());
        if (line.isRevoked()) {
            return Problem.of(
                    node + ": its host key is revoked",
                    place() + " shows " + told(refusal.shown()) + ", which " + file + ":" + line.number() + " revokes",
                    "give the node a new host key");
        }
        return Problem.of(
                node + ": its host key is not the known one",
                place() + " shows " + told(refusal.shown()) + ", but " + file + ":" + line.number() + " has "
                        + told(line.key()) + ": another machine, or somebody in between",
                "if it was reinstalled: ssh-keygen -R '" + name + "' -f " + file);
    }

    Problem nothingInCommon(Exception seen) {
        return Problem.of(
                node + ": its sshd and homelab have no algorithm in common",
                "" + seen.getMessage(),
                "update OpenSSH on the node");
    }

    Problem broken(Exception seen) {
        return Problem.of(
                node + ": the SSH connection could not be set up",
                place() + ": " + seen(seen),
                "look closer with: " + ssh() + " -v");
    }

    private String offered(Keys keys, String before) {
        return keys.tried().isEmpty() ? "" : before + String.join(", ", keys.tried());
    }

    private String keyFix(Keys keys) {
        if (keys.tried().isEmpty()) {
            return "make a key with ssh-keygen -t ed25519, then ssh-copy-id -p " + access.port() + " " + login();
        }
        String key = access.key().map(path -> "-i " + path + " ").orElse("");
        return "ssh-copy-id " + key + "-p " + access.port() + " " + login();
    }

    private static String told(HostKey key) {
        return key.type() + " " + key.fingerprint();
    }

    /** The JDK's and sshj's messages as a person would say them. */
    static String seen(Throwable error) {
        String message = "" + error.getMessage();
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("refused")) {
            return "connection refused";
        }
        if (error instanceof java.net.SocketTimeoutException
                || lower.contains("timeout")
                || lower.contains("timed out")) {
            return "no answer";
        }
        if (lower.contains("eof") || lower.contains("closed connection") || lower.contains("reset")) {
            return "the connection was closed by the other side";
        }
        return message.isBlank() ? error.getClass().getSimpleName() : message;
    }

    private String place() {
        String through = access.jump().map(name -> " through " + name).orElse("");
        return access.address() + " port " + access.port() + through;
    }

    private String login() {
        return access.user() + "@" + access.address();
    }

    private String ssh() {
        String jump = access.jump().map(name -> "-J " + name + " ").orElse("");
        return "ssh " + jump + "-p " + access.port() + " " + login();
    }
}

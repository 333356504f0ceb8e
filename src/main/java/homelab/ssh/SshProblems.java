package homelab.ssh;

import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Why a node cannot be connected to, in words. */
final class SshProblems {
    private final Door door;

    SshProblems(Door door) {
        this.door = door;
    }

    /** Nobody answered as SSH within the deadline. */
    Problem unreachable(Exception last, Duration tried) {
        return Problem.of(
                door.name() + ": cannot be reached by SSH",
                place() + ": " + seen(last) + " (tried for " + tried.toSeconds() + " s)",
                "see that it is switched on, has this address and runs sshd: " + ssh());
    }

    Problem notLetIn(Keys keys, List<String> allowed) {
        String why = keys.usable().isEmpty()
                ? "there is no private key to try" + offered(keys, ": ")
                : place() + " refused" + offered(keys, " ") + "; it takes " + String.join(", ", allowed);
        return Problem.of(door.name() + ": " + door.user() + " is not let in", why, keyFix(keys));
    }

    /** sshd's MaxAuthTries, 6 unless changed: every key that is offered counts. */
    Problem tooManyKeys(Keys keys) {
        return Problem.of(
                door.name() + ": " + door.user() + " is not let in",
                place() + " hung up after " + keys.offered().size() + " keys (its MaxAuthTries): "
                        + String.join(", then ", keys.offered()),
                "name the right one as key in the inventory, or as IdentityFile with IdentitiesOnly yes in"
                        + " ~/.ssh/config");
    }

    Problem wrongAnswer(Keys keys) {
        return Problem.of(
                door.name() + ": " + door.user() + " is not let in",
                place() + " refused" + offered(keys, " ") + (keys.tried().isEmpty() ? " " : ", then ")
                        + "what was answered to its question; it was not tried again",
                "try by hand: " + ssh());
    }

    Problem hostKey(AcceptNew.Refusal refusal) {
        String name = KnownHostsLine.name(door.knownAs(), door.knownPort());
        Path file = refusal.file();
        if (refusal.line().isEmpty()) {
            return Problem.of(
                    door.name() + ": its host key is not known",
                    place() + " shows " + told(refusal.shown()) + ", and host-keys: strict takes no new ones",
                    "compare it on the host's screen, then: ssh-keyscan -p " + door.port() + " " + door.host() + " >>"
                            + file);
        }
        KnownHostsLine line = refusal.line().get();
        if (line.isRevoked()) {
            return Problem.of(
                    door.name() + ": its host key is revoked",
                    place() + " shows " + told(refusal.shown()) + ", which " + file + ":" + line.number() + " revokes",
                    "give the node a new host key");
        }
        return Problem.of(
                door.name() + ": its host key is not the known one",
                place() + " shows " + told(refusal.shown()) + ", but " + file + ":" + line.number() + " has "
                        + told(line.key()) + ": another machine, or somebody in between",
                "if it was reinstalled: ssh-keygen -R '" + name + "' -f " + file);
    }

    /** A program of the user's that makes the connection is not run. */
    static Failure proxyCommand(String name) {
        return usage(
                name + ": its way in ~/.ssh/config is a ProxyCommand",
                "homelab goes through jump hosts itself and runs no program for it",
                "write ProxyJump instead, or jump: NODE in the inventory");
    }

    static Failure endlessJumps(String name) {
        return usage(
                name + ": its jump hosts go round in a circle",
                "ProxyJump in ~/.ssh/config comes back again and again",
                "look with: ssh -G " + name);
    }

    static Failure configBroken(Path file, String name) {
        return usage(file + " is not understood by ssh", "ssh -G refuses it", "see what it says: ssh -G " + name);
    }

    static Failure configSilent(Path file, long seconds) {
        return usage(
                file + " is not answered for by ssh",
                "ssh -G took more than " + seconds + " s; a Match exec may hang",
                "see where it stops: ssh -v -G NAME");
    }

    private static Failure usage(String what, String why, String fix) {
        return new Failure(Exit.USAGE, Problem.of(what, why, fix));
    }

    Problem nothingInCommon(Exception seen) {
        return Problem.of(
                door.name() + ": its sshd and homelab have no algorithm in common",
                "" + seen.getMessage(),
                "update OpenSSH on the node");
    }

    Problem broken(Exception seen) {
        return Problem.of(
                door.name() + ": the SSH connection could not be set up",
                place() + ": " + seen(seen),
                "look closer with: " + ssh() + " -v");
    }

    private String offered(Keys keys, String before) {
        return keys.tried().isEmpty() ? "" : before + String.join(", then ", keys.tried());
    }

    private String keyFix(Keys keys) {
        if (keys.tried().isEmpty()) {
            return "make a key with ssh-keygen -t ed25519, then ssh-copy-id -p " + door.port() + " " + login();
        }
        String key = door.identity().named() && !door.identity().files().isEmpty()
                ? "-i " + door.identity().files().get(0) + " "
                : "";
        return "ssh-copy-id " + key + "-p " + door.port() + " " + login();
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
        return door.host() + " port " + door.port()
                + door.through().map(name -> " through " + name).orElse("");
    }

    private String login() {
        return door.user() + "@" + door.host();
    }

    private String ssh() {
        String jump = door.through().map(name -> "-J " + name + " ").orElse("");
        return "ssh " + jump + "-p " + door.port() + " " + login();
    }
}

package homelab.host;

import homelab.model.NodeName;
import homelab.problem.Problem;

/** What can go wrong with a host that was reached, in words. */
public final class HostProblems {
    private static final String AGAIN = "run the same command again: it looks first, and does only what is missing";

    private HostProblems() {}

    public static Problem noSudo(Outcome.Who who, String said) {
        String file = "/etc/sudoers.d/010_" + who.user() + "-nopasswd";
        return Problem.of(
                who.node() + ": no passwordless sudo for " + who.user(),
                "sudo -n says: " + said,
                "on the node: echo '" + who.user() + " ALL=(ALL) NOPASSWD: ALL' | sudo tee " + file
                        + "; or say where its password is: sudo-password in the inventory");
    }

    /** A wrong password counts on the host, and some lock the account after three. */
    public static Problem wrongPassword(Outcome.Who who) {
        return Problem.of(
                who.node() + ": sudo does not take the password for " + who.user(),
                "it was tried once, on this host, and is tried on no other",
                "see that it is the right one: ssh " + who.user() + "@" + who.node() + " -t sudo -v");
    }

    public static Problem passwordNotTried(Outcome.Who who, NodeName refusedBy) {
        return Problem.of(
                who.node() + ": the password for sudo was not tried",
                refusedBy + " refused it, and a wrong one may lock the account",
                "run again with the right one, or name this node's own: nodes." + who.node() + ".sudo-password");
    }

    /** sudo neither let us in nor asked for the password. */
    public static Problem sudoSilent(Outcome.Who who, String said) {
        return Problem.of(
                who.node() + ": sudo asks for something else than a password",
                said.isBlank() ? "it says nothing" : "it says: " + said,
                "allow sudo without a password for " + who.user());
    }

    /** The connection broke while a script ran. */
    public static Problem lost(NodeName node, String doing, String seen) {
        return Problem.of(
                node + ": the connection was lost during '" + doing + "'",
                seen + "; whether it was done is unknown",
                AGAIN);
    }

    /** The host did not answer within the script's limit and some seconds. */
    public static Problem silent(NodeName node, String doing, long seconds) {
        return Problem.of(
                node + ": no end of '" + doing + "' within " + seconds + " s",
                "the host neither ended nor stopped it; whether it was done is unknown",
                AGAIN);
    }

    static Problem tooMuch(NodeName node, Script script) {
        return Problem.of(
                node + ": '" + script.title() + "' wrote more than can be right",
                "more than " + Outcome.OUT_CAP / (1024 * 1024) + " MiB came",
                "");
    }

    static Problem noRoom(NodeName node, String path, long bytes, String said) {
        return Problem.of(
                node + ": no room for " + path,
                said + " (it takes " + mebibytes(bytes) + " MiB)",
                "free some space there: df -h " + Receiver.parent(path));
    }

    static Problem damaged(NodeName node, String path, String expected, String found) {
        return Problem.of(
                node + ": what arrived for " + path + " is not what was meant",
                "its SHA-256 is " + found + " there, and should be " + expected,
                AGAIN + "; if it stays so, the local copy is damaged");
    }

    static Problem notStored(NodeName node, String path, String said) {
        return Problem.of(node + ": " + path + " could not be stored", said, AGAIN);
    }

    private static long mebibytes(long bytes) {
        return Math.max(1, bytes / (1024 * 1024));
    }
}

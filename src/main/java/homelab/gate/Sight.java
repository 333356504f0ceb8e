package homelab.gate;

import homelab.model.Node;

/**
 * What was seen of one thing at a gate.
 *
 * @param subject a node's name, an object as {@code Kind namespace/name}, or "cluster"
 * @param what in one line, without the subject
 * @param fix what to type when it does not come by itself; empty when there is nothing
 */
public record Sight(State state, String subject, String what, String fix) {

    static Sight pass(String subject, String what) {
        return new Sight(State.PASS, subject, what, "");
    }

    static Sight note(String subject, String what, String fix) {
        return new Sight(State.NOTE, subject, what, fix);
    }

    static Sight waits(String subject, String what, String fix) {
        return new Sight(State.WAIT, subject, what, fix);
    }

    static Sight broken(String subject, String what, String fix) {
        return new Sight(State.BROKEN, subject, what, fix);
    }

    static Sight unknown(String subject, String why) {
        return new Sight(State.UNKNOWN, subject, why, "");
    }

    static Sight absent(String what) {
        return new Sight(State.ABSENT, "cluster", what, "");
    }

    static Sight away(Node node) {
        return new Sight(State.AWAY, node.name().text(), "is away", "");
    }
}

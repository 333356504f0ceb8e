package homelab.check;

import homelab.probe.Readings;

/** What came of looking at a host: what its probes read, or why none could be asked. */
public sealed interface Looked {

    record Reached(Readings readings) implements Looked {}

    /** @param why and @param fix as in the Problem of the connection */
    record Unreachable(String why, String fix) implements Looked {}
}

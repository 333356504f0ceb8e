package homelab.doctor;

import homelab.facts.RoundTrip;

/** What came of looking at a host. */
public sealed interface Seen {

    /** @param trip when the first answers were asked for and had arrived, by our clock */
    record Reached(RoundTrip trip, Answers answers) implements Seen {}

    /** @param why and @param fix as the connection told it */
    record Unreachable(String why, String fix) implements Seen {}
}

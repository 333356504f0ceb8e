package homelab.incident;

import java.time.Instant;

/**
 * Something that was written down, once or several times within some minutes.
 *
 * @param node where; "here" for what homelab did from this machine
 * @param at the first time, by the clock that the host had then
 * @param last the last time
 */
public record Happening(String node, Instant at, Instant last, int times, Kind kind, String text)
        implements Comparable<Happening> {

    static Happening once(String node, Instant at, Kind kind, String text) {
        return new Happening(node, at, at, 1, kind, text);
    }

    @Override
    public int compareTo(Happening other) {
        int byTime = at.compareTo(other.at);
        return byTime != 0 ? byTime : kind.compareTo(other.kind);
    }
}

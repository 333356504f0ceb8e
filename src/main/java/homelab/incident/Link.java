package homelab.incident;

import java.time.Instant;

/**
 * One link of a chain of causes.
 *
 * @param certain whether it was written down, or only follows
 * @param prevention what would have prevented it or made it heal: a command, or what to buy; empty for a mere consequence
 */
public record Link(Instant at, String what, String why, boolean certain, String prevention) {}

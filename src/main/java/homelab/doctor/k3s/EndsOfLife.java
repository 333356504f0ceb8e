package homelab.doctor.k3s;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/**
 * The day after which a minor release of Kubernetes gets no more fixes.
 *
 * <p>Sources: kubernetes.io/releases/1.33, 1.34, 1.35 and 1.36, and for 1.29 to 1.31 the list of releases that have ended
 * (kubernetes/website, data/releases/eol.yaml), both read on 2026-11-23. That of 1.32 is the day that was planned: its own
 * page could not be read.
 */
final class EndsOfLife {
    private static final Map<Integer, LocalDate> LAST_DAYS = Map.of(
            29, LocalDate.of(2025, 2, 28),
            30, LocalDate.of(2025, 7, 15),
            31, LocalDate.of(2025, 11, 11),
            32, LocalDate.of(2026, 2, 28),
            33, LocalDate.of(2026, 6, 28),
            34, LocalDate.of(2026, 10, 27),
            35, LocalDate.of(2027, 2, 28),
            36, LocalDate.of(2027, 6, 28));

    private EndsOfLife() {}

    /** The begin (UTC) of that day for 1.{@code minor}; empty for a release that homelab does not know. */
    static Optional<Instant> of(int minor) {
        return Optional.ofNullable(LAST_DAYS.get(minor))
                .map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}

package homelab.resource.reboot;

import homelab.probe.Probe;
import java.time.Duration;
import java.util.Optional;

/** How long a server took to have k3s up when it was booted last, as far as systemd still knows. */
public final class LastBoot {
    /** Longer than this after the boot, k3s was started again since. */
    private static final Duration LATE = Duration.ofMinutes(10);
    /** Until all units are stopped. */
    private static final Duration STOP = Duration.ofSeconds(30);

    private static final long USUAL = 2;

    private static final Probe<Optional<Duration>> PROBE = Probe.of(
            "boot:k3s up",
            "systemctl show -p ActiveEnterTimestampMonotonic --value k3s",
            answer -> took(answer.text().strip()));

    private LastBoot() {}

    public static Probe<Optional<Duration>> probe() {
        return PROBE;
    }

    private static Optional<Duration> took(String microseconds) {
        return microseconds.matches("[1-9][0-9]{0,15}")
                ? Optional.of(Duration.ofNanos(Long.parseLong(microseconds) * 1000))
                        .filter(after -> after.compareTo(LATE) < 0)
                : Optional.empty();
    }

    /** From the last moment of its API to the first. */
    public static int minutes(Optional<Duration> took) {
        return (int) took.map(after -> after.plus(STOP).toSeconds() / 60 + 1)
                .orElse(USUAL)
                .longValue();
    }
}

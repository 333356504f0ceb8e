package homelab.facts;

import homelab.probe.Answer;
import homelab.probe.Probe;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a disk takes to have one write of etcd's size for good. The only look that writes, and takes it away again. */
public final class SyncedWrites {
    private static final int WRITES = 50;
    private static final Pattern TOOK = Pattern.compile("copied, ([0-9.]+(?:e-?[0-9]+)?) s");
    private static final int TIMED_OUT = 124;
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private SyncedWrites() {}

    /** The mean of 50 writes of 2300 bytes, the size that etcd's own advice measures with; at least 160 ms when it gave up. */
    public static final Probe<Duration> PROBE = new Probe<>(
            "synced writes", """
            d=/var/lib/rancher; until [ -d "$d" ]; do d=${d%%/*}; done
            f=$(mktemp "${d:-/}/.homelab-sync.XXXXXX") || exit 1
            trap 'rm -f "$f"' EXIT
            trap 'exit 1' HUP INT PIPE TERM
            LC_ALL=C timeout %d dd if=/dev/zero of="$f" bs=2300 count=%d oflag=dsync 2>&1
            """.formatted(PATIENCE.toSeconds(), WRITES), Duration.ofSeconds(15), SyncedWrites::parse);

    private static Duration parse(Answer answer) {
        if (answer.exit() == TIMED_OUT) {
            return PATIENCE.dividedBy(WRITES);
        }
        Matcher took = TOOK.matcher(answer.text());
        if (!took.find()) {
            throw new IllegalStateException("dd wrote '" + answer.text().strip() + "'");
        }
        return Duration.ofNanos((long) (Double.parseDouble(took.group(1)) * 1e9 / WRITES));
    }
}

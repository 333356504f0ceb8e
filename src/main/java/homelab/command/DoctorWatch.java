package homelab.command;

import homelab.doctor.Baseline;
import homelab.doctor.Check;
import homelab.doctor.Checkup;
import homelab.doctor.Snapshot;
import homelab.doctor.Verdict;
import homelab.model.Cluster;
import homelab.problem.Exit;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Looks again and again. Each time over connections of its own, since a host that was away is to be seen when it is back;
 * after the first only what has changed is told, with the time of day.
 */
final class DoctorWatch {
    private static final Duration BETWEEN = Duration.ofSeconds(10);

    private final Io io;
    private final Verdicts options;
    private final Picked picked;

    DoctorWatch(Io io, Verdicts options, Picked picked) {
        this.io = io;
        this.options = options;
        this.picked = picked;
    }

    /** Until nobody reads any more. */
    Exit watch(List<Check> checks, Optional<Baseline> before) {
        Checkup last = look(checks);
        io.out().print(options.told(Kept.compared(before, last), io.outTerminal()));
        io.out().flush();
        while (!io.out().checkError() && rested()) {
            Checkup now = look(checks);
            Checkup changed = Baseline.of(last).compared(now);
            if (isWorthTelling(now, changed)) {
                io.out().println(clock(now));
                io.out().print(options.told(changed, io.outTerminal()));
                io.out().flush();
            }
            last = now;
        }
        return options.exit(last);
    }

    private Checkup look(List<Check> checks) {
        try (Job job = Job.withoutReleases(io, options, "doctor", Cluster::nodes)) {
            Snapshot snapshot = new DoctorLook(job, checks).snapshot();
            job.quiet();
            return picked.judged(job.cluster(), snapshot, checks);
        }
    }

    /** Something is new or worse, or gone. */
    private static boolean isWorthTelling(Checkup now, Checkup changed) {
        return changed.notes().size() > now.notes().size()
                || List.of(Verdict.FAIL, Verdict.UNKNOWN, Verdict.WARN).stream()
                        .anyMatch(verdict -> !changed.of(verdict).isEmpty());
    }

    private static String clock(Checkup checkup) {
        return DateTimeFormatter.ISO_LOCAL_TIME.format(
                checkup.at().atZone(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS));
    }

    private static boolean rested() {
        try {
            Thread.sleep(BETWEEN.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

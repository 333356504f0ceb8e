package homelab.command;

import homelab.doctor.House;
import homelab.doctor.Snapshot;
import homelab.gate.Course;
import homelab.gate.Gate;
import homelab.gate.Gates;
import homelab.gate.Passage;
import homelab.gate.Repair;
import homelab.gate.Repairs;
import homelab.gate.State;
import homelab.model.Cluster;
import homelab.problem.Exit;
import homelab.report.GateProgress;
import homelab.report.GatesJson;
import homelab.report.GatesText;
import homelab.report.Terminal;
import homelab.run.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Looks, mends what may be mended, waits, and looks again. Each time over connections of its own: hosts come back. */
final class RecoverRun {
    private static final Duration BETWEEN = Duration.ofSeconds(3);

    /**
     * @param last the gate that is wanted
     * @param watch whether no gate is given up
     * @param dry whether nothing is mended
     * @param yes whether what is safe is done unasked
     */
    record Wishes(Gate last, boolean watch, boolean dry, boolean yes) {}

    /** @param away whether no host answered */
    private record Look(String cluster, Course course, Repairs repairs, boolean away) {}

    private final Io io;
    private final Common common;
    private final Wishes wishes;
    private final Gates gates;
    private final Time time = Time.system();
    private final Vigil vigil = new Vigil(time);
    private final RecoverMend mend;

    RecoverRun(Io io, Common common, Wishes wishes) {
        this.io = io;
        this.common = common;
        this.wishes = wishes;
        this.gates = Gates.upTo(wishes.last());
        this.mend = new RecoverMend(io, common, wishes.yes());
    }

    Exit run() {
        try (GateProgress progress = new GateProgress(io.err(), io.errTerminal(), time)) {
            while (true) {
                Look look = look();
                boolean once = wishes.dry() && !wishes.watch();
                if (!once) {
                    progress.seen(look.course(), vigil.over());
                }
                if (look.course().passes() || once) {
                    progress.close();
                    return end(look);
                }
                if (!wishes.dry() && mended(look, progress)) {
                    continue;
                }
                boolean over = !wishes.watch() && vigil.isOver(look.course());
                if (over || !rested()) {
                    progress.seen(look.course(), vigil.over());
                    return end(look);
                }
            }
        }
    }

    /** Whether something was done, so that it is worth to look at once. */
    private boolean mended(Look look, GateProgress progress) {
        List<Repair> safe = mend.fresh(look.repairs().safe());
        List<Repair> asked = io.asks() ? mend.fresh(look.repairs().asked()) : List.of();
        if (safe.isEmpty() && asked.isEmpty()) {
            return false;
        }
        progress.close();
        return mend.safe(safe) | mend.asked(asked);
    }

    private Look look() {
        try (Job job = Job.withoutReleases(still(), common, "recover", Cluster::nodes)) {
            Snapshot snapshot = new DoctorLook(job, gates.checks()).snapshot();
            House house = new House(job.cluster(), snapshot);
            Course course = gates.course(house);
            return new Look(
                    job.cluster().name(),
                    course,
                    Repairs.of(house, course),
                    house.reached().isEmpty());
        }
    }

    /** Looks draw no lines of their own beside the one that tells of the gates. */
    private Io still() {
        Terminal shown = io.errTerminal();
        Terminal still = new Terminal(shown.width(), shown.colour(), false, shown.unicode());
        return new Io(io.out(), io.err(), io.in(), io.asks(), io.outTerminal(), still, io.env(), io.folder());
    }

    private Exit end(Look look) {
        if (common.json()) {
            io.out().print(GatesJson.of(look.cluster(), look.course(), look.repairs(), vigil.over(), mend.tried()));
        } else {
            io.out().print(new GatesText(io.outTerminal()).of(look.course(), look.repairs(), vigil.over()));
            if (wishes.dry()) {
                mend.show(look.repairs().safe());
            }
        }
        return exit(look);
    }

    private Exit exit(Look look) {
        Optional<Passage> first = look.course().first(java.util.Set.of());
        if (first.isEmpty()) {
            return Exit.DONE;
        }
        return look.away() || first.get().state() == State.UNKNOWN ? Exit.BLIND : Exit.FAILED;
    }

    private boolean rested() {
        try {
            time.sleep(BETWEEN);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

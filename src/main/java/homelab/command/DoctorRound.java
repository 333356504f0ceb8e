package homelab.command;

import homelab.doctor.Baseline;
import homelab.doctor.Check;
import homelab.doctor.Checkup;
import homelab.doctor.Snapshot;
import homelab.model.Cluster;
import homelab.problem.Exit;
import java.util.List;
import java.util.Optional;

/**
 * One round of {@code homelab doctor}: a snapshot is judged, kept where that was asked for, and told; with {@code --fix}
 * what is safe is mended in between.
 *
 * @param before what was known already, of which nothing is told again
 */
record DoctorRound(
        Io io,
        Verdicts options,
        Picked picked,
        Kept kept,
        Textfile textfile,
        Optional<Baseline> before,
        List<Check> checks) {

    Exit tell(Cluster cluster, Snapshot snapshot) {
        kept.save(io, snapshot);
        Checkup checkup = picked.judged(cluster, snapshot, checks);
        textfile.write(io, checkup);
        Checkup told = Kept.compared(before, checkup);
        io.out().print(options.told(told, io.outTerminal()));
        return options.exit(told);
    }

    Exit look(Job job) {
        return tell(job.cluster(), snapshot(job));
    }

    /** Looks, mends what is safe to mend, and looks again. */
    Exit mend(Job job, Consent consent) {
        Snapshot seen = snapshot(job);
        Mending mending = Mending.of(picked.judged(job.cluster(), seen, checks), checks);
        if (mending.isEmpty()) {
            io.err().println("nothing is found that doctor may mend by itself");
            return tell(job.cluster(), seen);
        }
        Carry carry = new Carry(io, job, consent, options.is(Verdicts.Format.json), "doctor");
        Exit done = carry.out(mending.of(job.wanted().phases(List.of(), false)));
        return done == Exit.DONE ? look(job) : done;
    }

    private Snapshot snapshot(Job job) {
        Snapshot snapshot = new DoctorLook(job, checks).snapshot();
        job.quiet();
        return snapshot;
    }
}

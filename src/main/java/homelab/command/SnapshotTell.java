package homelab.command;

import homelab.phase.Phase;
import homelab.phase.SnapshotPhases;
import homelab.problem.Exit;
import homelab.report.SnapshotText;
import homelab.snapshot.Copy;
import homelab.snapshot.Integrity;
import homelab.snapshot.Place;
import homelab.snapshot.Taken;
import java.util.List;
import java.util.Map;

/** How snapshots are told of, and what is done carried out, wherever they lie. */
record SnapshotTell(Io io, Job job, SnapshotAsk ask) {

    Exit show(List<Taken> all, Map<Taken, Integrity> looked, List<Copy> copies) {
        job.quiet();
        job.tellUnreachable();
        boolean whole = job.workshop().fleet().unreachable().isEmpty();
        if (all.isEmpty() && copies.isEmpty() && !whole) {
            return Exit.BLIND; // that there is none is more than was seen
        }
        io.out()
                .print(
                        ask.json()
                                ? SnapshotText.json(all, looked, copies)
                                : new SnapshotText(io.outTerminal(), job.time().now(), copies).of(all, looked));
        return whole ? Exit.DONE : Exit.BLIND;
    }

    Exit restore(Taken one) {
        new SnapshotGuard(job, one).refuse();
        job.quiet();
        new SnapshotLoss(job, one).lines().forEach(io.err()::println);
        return carry(SnapshotPhases.restore(job.cluster(), one));
    }

    Exit carry(List<Phase> phases) {
        Consent consent =
                ask.deed().isHarmless() ? Consent.given() : ask.words().consent(job.cluster());
        Carry carry = new Carry(io, job, consent, ask.json(), "snapshot")
                .takingAway(
                        ask.deed() == SnapshotDeed.restore
                                ? "homelab doctor -i " + job.inventory()
                                : "homelab snapshot list -i " + job.inventory());
        return ask.dryRun() ? carry.show(phases) : carry.out(phases);
    }

    SnapshotStores stores() {
        return new SnapshotStores(io, job);
    }

    /** Where one is brought to. */
    Place to() {
        return ask.places().to(job.cluster(), io).orElseGet(stores()::usual);
    }
}

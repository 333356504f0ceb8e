package homelab.command;

import homelab.doctor.host.UpdatesWaiting;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.phase.OsRenewal;
import homelab.phase.Phase;
import homelab.phase.RebootPhases;
import homelab.phase.Rebooting;
import homelab.plan.Finding;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import homelab.problem.Exit;
import homelab.resource.Exports;
import homelab.resource.reboot.BootReasons;
import homelab.resource.snapshot.SavedSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code homelab upgrade --os}: the operating system's packages, in the rhythm of {@code reboot}.
 *
 * @param yes whether nobody is asked
 */
record OsUpgrade(Io io, Common common, OsChoice choice, boolean yes, boolean dryRun) {

    Exit call() {
        try (Job job = Job.withoutReleases(io, common, "upgrade", this::needed)) {
            job.leader();
            Exports environment = environment(job);
            List<Node> wanted = choice.of(job.cluster());
            OsLook os = OsLook.of(job, wanted, environment);
            RebootLook look = RebootLook.of(job, wanted, false).begunOr(os::some);
            List<Rebooting> nodes = look.rebooting(choice.drains()).stream()
                    .map(one -> os.some(one.node()) ? look.fromHere(one) : one)
                    .toList();
            OsRenewal renewal = new OsRenewal(environment, new Waiting());
            Carry carry = new Carry(io, job, Consent.asking(yes), common.json(), "upgrade")
                    .takingAway("homelab doctor -i " + job.inventory())
                    .saying(findings(os, look));
            look.goesOn(nodes);
            List<Phase> phases = nodes.isEmpty()
                    ? List.of(renewal.phase(wanted))
                    : phases(job, look, renewal).of(nodes);
            return dryRun ? carry.show(phases) : carry.out(phases);
        }
    }

    /** All: that a node which is not named is out of service matters too. */
    private List<Node> needed(Cluster cluster) {
        choice.of(cluster);
        return cluster.nodes();
    }

    private static Exports environment(Job job) {
        return new Exports(job.workshop().site().outward().source().environment());
    }

    private RebootPhases phases(Job job, RebootLook look, OsRenewal renewal) {
        Optional<SavedSnapshot> snapshot = look.nodes().stream().anyMatch(Node::isServer)
                ? new FreshSnapshot(job, look.leader(), "before-os-upgrade").unlessThere()
                : Optional.empty();
        return new RebootPhases(
                job.workshop().site(), choice.patience(), 1, Optional.empty(), look.ill(), snapshot, renewal);
    }

    private List<Finding> findings(OsLook os, RebootLook look) {
        List<Finding> findings = new ArrayList<>(os.stays());
        if (!look.nodes().isEmpty()) {
            findings.addAll(look.findings(choice.drains()));
        }
        return findings;
    }

    /** What doctor tells too: a kernel that is newer than the one that runs, and what packages themselves say. */
    private record Waiting() implements BootReasons {
        @Override
        public List<Probe<?>> probes() {
            return UpdatesWaiting.probes();
        }

        @Override
        public Reading<List<String>> of(Readings readings) {
            return UpdatesWaiting.why(readings);
        }
    }
}

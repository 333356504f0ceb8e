package homelab.command;

import homelab.doctor.net.Reachability;
import homelab.phase.JoinPhases;
import homelab.phase.Phase;
import homelab.plan.Finding;
import homelab.plan.Plan;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.report.PlanJson;
import homelab.report.PlanText;
import homelab.run.ClusterLock;
import homelab.run.Owner;
import homelab.run.Stop;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows a plan, asks, and carries it out under the lock. */
final class Carry {
    private final Io io;
    private final Job job;
    private final Consent consent;
    private final boolean json;
    private final String verb;
    private boolean making = true;
    private Optional<String> next = Optional.empty();
    private List<Finding> findings = List.of();
    private boolean regardless;
    private final Witness witness;

    Carry(Io io, Job job, Consent consent, boolean json, String verb) {
        this.io = io;
        this.job = job;
        this.consent = consent;
        this.json = json;
        this.verb = verb;
        this.witness = new Witness(job.workshop(), job.events(), job.time());
    }

    /** Who reached what before the run changed a firewall; empty when it changed none. */
    Optional<Reachability> before() {
        return witness.before();
    }

    /** For what takes away: what speaks against making a cluster of the hosts does not speak against that. @param after what to type next */
    Carry takingAway(String after) {
        making = false;
        next = Optional.of(after);
        return this;
    }

    /** What the verb itself has to say before it begins; a refusal among it is told with all others. */
    Carry saying(List<Finding> own) {
        findings = List.copyOf(own);
        return this;
    }

    /** For what needs no other hosts than those that it names: that others are away is told, and is no failure. */
    Carry regardless() {
        regardless = true;
        return this;
    }

    private Checked checked() {
        return new Checked(job, consent, making);
    }

    /** The plan and nothing else. */
    Exit show(List<Phase> phases) {
        Plan plan = said(checked().toShow(reached(phases)));
        print(plan);
        return plan.unknown().isEmpty() ? end() : Exit.BLIND;
    }

    private Plan said(Plan plan) {
        List<Finding> all = new ArrayList<>(plan.findings());
        all.addAll(findings);
        return plan.after(all);
    }

    private void print(Plan plan) {
        job.quiet();
        io.out().print(json ? PlanJson.of(plan) : new PlanText(io.outTerminal()).of(plan));
    }

    private List<Phase> reached(List<Phase> phases) {
        return JoinPhases.reached(phases, job.workshop().fleet().hosts().keySet());
    }

    /** Whether all is done, or only what could be done without those who did not answer. */
    private Exit end() {
        boolean all = job.workshop().fleet().unreachable().isEmpty();
        job.tellUnreachable();
        return all || regardless ? Exit.DONE : Exit.BLIND;
    }

    /** The whole of it. A plan with nothing to do takes no lock and writes no journal. */
    Exit out(List<Phase> wanted) {
        List<Phase> phases = reached(wanted);
        Instant begin = job.time().now();
        Stop stop = new Stop();
        Interrupt interrupt = Interrupt.guard(stop, job.events(), io.err());
        try {
            Plan plan = said(planUnlessAnotherRunWorks(phases, owner(begin)));
            if (plan.isEmpty() && plan.unknown().isEmpty()) {
                print(plan);
                return end();
            }
            refuseWhatTheVerbRefuses(plan);
            return underLock(phases, plan, stop, begin, interrupt);
        } finally {
            interrupt.over();
        }
    }

    private void refuseWhatTheVerbRefuses(Plan plan) {
        List<Problem> refused = new ArrayList<>(
                findings.stream().filter(Finding::refused).map(Finding::problem).toList());
        if (!refused.isEmpty()) {
            refused.addAll(plan.refusals());
        }
        Checked.refuse(refused);
    }

    /** What a run in its midst leaves for a moment may well look like something to refuse: then the run is what is told. */
    private Plan planUnlessAnotherRunWorks(List<Phase> phases, Owner owner) {
        try {
            return checked().toDo(phases);
        } catch (Failure failure) {
            throw anotherRun(owner).orElse(failure);
        }
    }

    /** That it is at work. A lock that could not be asked for, with a host that is gone, says nothing of the plan. */
    private Optional<Failure> anotherRun(Owner owner) {
        try {
            lock(owner, new Stop()).close();
            return Optional.empty();
        } catch (Failure failure) {
            return Optional.of(failure).filter(told -> told.exit() == Exit.LOCKED);
        }
    }

    /** The plan is older than the lock by the moment that it takes to get it; each phase looks again before it acts. */
    private Exit underLock(List<Phase> phases, Plan plan, Stop stop, Instant begin, Interrupt interrupt) {
        try (ClusterLock lock = lock(owner(begin), stop)) {
            Checked.refuse(plan.refusals());
            confirm(plan);
            interrupt.changing();
            return carriedOut().of(phases, plan, stop, begin, this::end);
        }
    }

    private ClusterLock lock(Owner owner, Stop stop) {
        return ClusterLock.take(job.workshop().fleet(), job.cluster().name(), owner, stop);
    }

    private Owner owner(Instant begin) {
        return Oneself.owner(io, verb, begin);
    }

    private void confirm(Plan plan) {
        job.quiet();
        io.err().print(new PlanText(io.errTerminal()).of(plan));
        job.tellUnreachable();
        consent.ask(io, "Do this?");
    }

    /** With JSON on standard output the sentence for people stands beside it. */
    private CarriedOut carriedOut() {
        String after = next.orElseGet(() -> "homelab status -i " + job.inventory() + "; kubectl --context "
                + job.cluster().name() + " get nodes");
        return new CarriedOut(io, job, verb, witness, json ? io.err() : io.out(), after);
    }
}

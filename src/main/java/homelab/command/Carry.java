package homelab.command;

import homelab.doctor.net.Reachability;
import homelab.facts.Founding;
import homelab.phase.JoinPhases;
import homelab.phase.Phase;
import homelab.phase.Site;
import homelab.plan.Finding;
import homelab.plan.Plan;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.report.Journal;
import homelab.report.PlanJson;
import homelab.report.PlanText;
import homelab.report.ProblemText;
import homelab.resource.Worst;
import homelab.run.ClusterLock;
import homelab.run.Doing;
import homelab.run.Event;
import homelab.run.Owner;
import homelab.run.Planner;
import homelab.run.RebootByShell;
import homelab.run.Runner;
import homelab.run.Stop;
import java.time.Duration;
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

    /** The plan and nothing else. */
    Exit show(List<Phase> phases) {
        Plan plan = checkedPlan(reached(phases), making ? job.workshop().preflight() : List.of());
        print(plan);
        return plan.unknown().isEmpty() ? end() : Exit.BLIND;
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
        return all ? Exit.DONE : Exit.BLIND;
    }

    /** The whole of it. A plan with nothing to do takes no lock and writes no journal. */
    Exit out(List<Phase> wanted) {
        List<Phase> phases = reached(wanted);
        Instant begin = job.time().now();
        Stop stop = new Stop();
        Interrupt interrupt = Interrupt.guard(stop, job.events(), io.err());
        try {
            Plan plan = planUnlessAnotherRunWorks(phases, owner(begin));
            if (plan.isEmpty() && plan.unknown().isEmpty()) {
                print(plan);
                return end();
            }
            return underLock(phases, plan, stop, begin, interrupt);
        } finally {
            interrupt.over();
        }
    }

    /** What a run in its midst leaves for a moment may well look like something to refuse: then the run is what is told. */
    private Plan planUnlessAnotherRunWorks(List<Phase> phases, Owner owner) {
        try {
            return checkedPlan(phases, making ? findings() : List.of());
        } catch (Failure failure) {
            throw anotherRun(owner).orElse(failure);
        }
    }

    private List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(job.workshop().preflight());
        findings.addAll(job.workshop().slowDisks());
        return findings;
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
            refuse(plan.refusals());
            confirm(plan);
            interrupt.changing();
            return carryOut(phases, plan, stop, begin);
        }
    }

    private ClusterLock lock(Owner owner, Stop stop) {
        return ClusterLock.take(job.workshop().fleet(), job.cluster().name(), owner, stop);
    }

    private Plan checkedPlan(List<Phase> phases, List<Finding> findings) {
        Site site = job.workshop().site();
        if (making) {
            refuseWhatCannotWork(site, findings);
        }
        return Planner.plan(phases, site, job.workshop().places()).after(findings);
    }

    /** Refused or not, everything is told at once: what is only a warning stands above the refusals. */
    private void refuseWhatCannotWork(Site site, List<Finding> findings) {
        List<Problem> refused =
                findings.stream().filter(Finding::refused).map(Finding::problem).toList();
        if (!refused.isEmpty()) {
            findings.stream()
                    .filter(finding -> !finding.refused())
                    .forEach(finding -> job.events().tell(new Event.Note(told(finding))));
        }
        refuse(refused);
        if (site.founding() instanceof Founding.Doubtful doubtful && !consent.foundNewCluster()) {
            throw new Failure(Exit.REFUSED, doubtful.against());
        }
    }

    private static String told(Finding finding) {
        Problem problem = finding.problem();
        return finding.severity().word() + ": " + problem.what() + ": " + problem.why() + ". " + problem.fix();
    }

    private static void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new Failure(Exit.REFUSED, problems);
        }
    }

    private void confirm(Plan plan) {
        job.quiet();
        io.err().print(new PlanText(io.errTerminal()).of(plan));
        job.tellUnreachable();
        consent.ask(io, "Do this?");
    }

    private Exit carryOut(List<Phase> phases, Plan plan, Stop stop, Instant begin) {
        job.loud();
        job.pin();
        try (Journal journal = Journal.open(RunsCommand.folder(io, job.cluster()), verb, job.time())) {
            job.alsoTell(journal);
            Runner runner = runner(stop, plan.worst().orElse(Worst.WAIT));
            try {
                runner.run(phases, job.workshop().site());
                journal.end(Exit.DONE);
                end(runner.done(), begin, journal);
                return end();
            } catch (Failure failure) {
                journal.end(failure.exit());
                job.quiet();
                io.err().print(new ProblemText(io.errTerminal()).of(failure.problems()));
                io.err().println(runner.done() + " of " + plan.toDo().size() + " things were done, and stay done");
                io.err().println("journal: " + journal.file());
                return failure.exit();
            }
        }
    }

    private Runner runner(Stop stop, Worst confirmed) {
        Doing doing = new Doing(
                new Reach(job.time(), job.fetch(), witness),
                new RebootByShell(job.workshop()::reconnect, job.time()),
                job.events(),
                job.time());
        return new Runner(job.workshop(), doing, stop, confirmed);
    }

    /** With JSON on standard output the sentence for people stands beside it. */
    private void end(int done, Instant begin, Journal journal) {
        job.quiet();
        Duration took = Duration.between(begin, job.time().now());
        (json ? io.err() : io.out())
                .println(verb + " " + job.cluster().name() + ": done, " + done + (done == 1 ? " change" : " changes")
                        + " in " + took.toSeconds() + " s");
        io.err().println("journal: " + journal.file());
        io.err()
                .println("next:    "
                        + next.orElse("homelab status -i " + job.inventory() + "; kubectl --context "
                                + job.cluster().name() + " get nodes"));
    }

    private Owner owner(Instant begin) {
        String user = io.env("USER").or(() -> io.env("LOGNAME")).orElse("somebody");
        String machine = io.env("HOSTNAME").orElseGet(Carry::machine);
        return new Owner("homelab " + verb + " of " + user + "@" + machine + ", process "
                + ProcessHandle.current().pid() + ", since " + begin);
    }

    private static String machine() {
        try {
            return java.net.InetAddress.getLocalHost().getHostName();
        } catch (java.net.UnknownHostException e) {
            return "an unnamed machine";
        }
    }
}

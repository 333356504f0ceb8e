package homelab.run;

import homelab.phase.Phase;
import homelab.phase.Site;
import homelab.plan.Planned;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Carries phases out. Within a phase the hosts work at the same time, but for those that it wants in turn, each in the
 * order of its steps; what concerns the cluster or this machine comes after. Beside a phase is done what the next one
 * need not wait with. A step that is already so is not touched, one that was done is looked at again: what still differs
 * has failed, whatever its script said.
 */
public final class Runner {

    /**
     * Looks at all hosts anew; called before a phase that wants it when something was changed since the last look, or
     * when no server answered then, or k3s was just coming up somewhere: what was only slow may be there by itself.
     */
    public interface Survey {
        Site look();

        /** The places that belong to the newest look. */
        Places places();
    }

    private static final int FEW = 4;

    private final Survey survey;
    private final StepRunner steps;
    private final Proof proof;
    private final Events events;
    private final Stop stop;
    private final Worst confirmed;
    private final AtomicInteger done = new AtomicInteger();

    /** @param confirmed the worst that the user agreed to; more than that stops the run before it is done */
    public Runner(Survey survey, Doing doing, Stop stop, Worst confirmed) {
        this.survey = survey;
        this.steps = new StepRunner(doing, stop);
        this.proof = new Proof(doing, stop);
        this.events = doing.events();
        this.stop = stop;
        this.confirmed = confirmed;
    }

    /**
     * @param site as it was looked at for the plan
     * @return how many steps changed something
     * @throws Failure when a host failed; the others were brought to the end of that phase
     */
    public int run(List<Phase> phases, Site site) {
        Site now = site;
        int seen = 0;
        for (int i = 0; i < phases.size(); i++) {
            stop.orGoOn();
            if (phases.get(i).looksAnew() && (done.get() != seen || now.leader().isEmpty() || now.isComingUp())) {
                seen = done.get();
                now = survey.look();
            }
            List<Step> early = i + 1 < phases.size() ? phases.get(i + 1).early(now) : List.of();
            runPhase(phases.get(i), now, early);
        }
        return done.get();
    }

    /** How many steps were done so far. */
    public int done() {
        return done.get();
    }

    /** @param early of the phase that follows */
    private void runPhase(Phase phase, Site site, List<Step> early) {
        List<Step> wanted = phase.steps(site);
        if (wanted.isEmpty()) {
            return;
        }
        events.tell(new Event.PhaseBegins(phase.name()));
        runSequence(wanted.stream().filter(Runner::isFetch).toList());
        List<Step> inTurn =
                wanted.stream().filter(step -> phase.inTurn(site, step)).toList();
        List<Step> rest =
                wanted.stream().filter(step -> !phase.inTurn(site, step)).toList();
        Lanes lanes = Lanes.inTurn(inTurn)
                .and(rest.stream().filter(Runner::isOnHost).toList())
                .and(early);
        Parallel.allOrFail(Parallel.each(lanes.all(), lane -> {
            lane.forEach(this::runSequence);
            return lane.size();
        }));
        runSequence(
                rest.stream().filter(step -> !isFetch(step) && !isOnHost(step)).toList());
    }

    private static boolean isOnHost(Step step) {
        return step.target() instanceof Target.OnHost;
    }

    /** Files are fetched here before hosts want them. */
    private static boolean isFetch(Step step) {
        return step.resource().deed() instanceof Deed.Fetch;
    }

    /**
     * All are asked at once, and after a deed only the next few, then ever more: where one thing is to do the one behind it
     * mostly is too, and what is asked of those after it would be asked again and again.
     */
    private void runSequence(List<Step> sequence) {
        List<Step> left = sequence;
        int asked = left.size();
        while (!left.isEmpty()) {
            List<Planned> judged = Planner.judge(left.subList(0, Math.min(asked, left.size())), survey.places());
            int next = firstToDo(judged);
            if (next == judged.size()) {
                left = left.subList(next, left.size());
                asked *= FEW;
                continue;
            }
            stop.orGoOn();
            begin(judged.get(next));
            left = left.subList(next + 1, left.size());
            asked = FEW;
        }
    }

    private static int firstToDo(List<Planned> judged) {
        int next = 0;
        while (next < judged.size() && settled(judged.get(next).status())) {
            next++;
        }
        return next;
    }

    private static boolean settled(Status status) {
        return status instanceof Status.Same || status instanceof Status.NotHere;
    }

    private void begin(Planned planned) {
        Step step = planned.step();
        Status status = mayPass(planned) ? proof.inAMoment(step, survey.places()) : planned.status();
        if (settled(status)) {
            return;
        }
        if (status instanceof Status.Drift drift) {
            refuseMoreThanConfirmed(step, drift);
            steps.run(step, drift, survey.places());
            done.incrementAndGet();
            return;
        }
        if (status instanceof Status.Refused refused) {
            events.tell(new Event.StepFailed(step, refused.problem()));
            throw new Failure(Exit.REFUSED, refused.problem());
        }
        Problem problem = status instanceof Status.Waits waits
                ? Problem.of(Doer.title(step) + ": cannot be done yet", "it waits: " + waits.until(), "")
                : Problem.of(Doer.title(step) + ": could not be looked at", why(status), "");
        events.tell(new Event.StepFailed(step, problem));
        throw new Failure(Exit.FAILED, problem);
    }

    private static boolean mayPass(Planned planned) {
        boolean relents = !planned.step().resource().relents().isZero();
        return planned.status() instanceof Status.Waits || planned.status() instanceof Status.Refused && relents;
    }

    private static String why(Status status) {
        return status instanceof Status.Unknown unknown ? unknown.why() : status.toString();
    }

    private void refuseMoreThanConfirmed(Step step, Status.Drift drift) {
        if (drift.worst().compareTo(confirmed) > 0) {
            Change first = drift.changes().get(0);
            throw new Failure(
                    Exit.REFUSED,
                    Problem.of(
                            Doer.title(step) + ": would " + drift.worst().word() + ", which the plan did not say",
                            "the hosts have changed since they were looked at: " + first.what() + " is "
                                    + first.before() + " where " + first.after() + " is wanted",
                            "run the same command again and read the new plan"));
        }
    }
}

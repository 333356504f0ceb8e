package homelab.report;

import homelab.model.NodeName;
import homelab.problem.Problem;
import homelab.recovery.Conflict;
import homelab.recovery.Judgement.Act;
import homelab.recovery.Judgement.InFlight;
import homelab.recovery.Judgement.OfSandbox;
import homelab.recovery.Reason;
import homelab.resource.sandbox.Telling;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What keeps pods from starting and is not mended by removing a sandbox, with what to do about it. */
public final class SandboxProblems {
    private SandboxProblems() {}

    public static Problem unseen(NodeName node, String why) {
        return Problem.of(node + ": what it keeps of pods could not be seen", why, "homelab doctor --node " + node);
    }

    public static Problem notBarred(String pod) {
        return Problem.of(
                pod + ": nothing bars it, so --rerun does nothing",
                "no name of it was asked for in vain since the nodes' boot",
                "homelab recover-sandboxes --dry-run tells which pods are barred");
    }

    public static List<Problem> of(SandboxesSeen seen) {
        List<Problem> problems = new ArrayList<>();
        runtime(seen, problems);
        flights(seen, problems);
        barred(seen, problems);
        return problems;
    }

    private static void runtime(SandboxesSeen seen, List<Problem> problems) {
        String restart = "on it: sudo systemctl restart k3s (on an agent k3s-agent); its pods run on meanwhile";
        if (seen.isFatal()) {
            problems.add(Problem.of(
                    seen.node() + ": class D: containerd cannot start because of what it keeps",
                    "its log says so: two records have one name, one cannot be read, or its database is broken",
                    "homelab recover-sandboxes --offline --node " + seen.node() + " --dry-run"));
        } else if (seen.evidence().runtime().equals("hangs")) {
            problems.add(Problem.of(
                    seen.node() + ": containerd runs, and does not answer",
                    "k3s crictl version got no answer within 15 s, so nothing of its pods can be told",
                    restart));
        } else if (!seen.evidence().runtime().equals("answers")) {
            problems.add(Problem.of(
                    seen.node() + ": containerd does not run",
                    "k3s is not up",
                    "homelab doctor --node " + seen.node()));
        }
    }

    /** Class B. */
    private static void flights(SandboxesSeen seen, List<Problem> problems) {
        seen.judged().stream()
                .filter(InFlight.class::isInstance)
                .map(InFlight.class::cast)
                .map(flight -> flight(seen, flight))
                .forEach(problems::add);
    }

    private static Problem flight(SandboxesSeen seen, InFlight flight) {
        Conflict conflict = flight.conflict();
        String asked = "its name was asked for " + conflict.times() + " times, last " + conflict.ago() + " s ago; ";
        String what = seen.node() + ": class B: " + conflict.pod() + " is being made and does not come to an end";
        return switch (flight.advice()) {
            case WAIT ->
                Problem.of(
                        seen.node() + ": " + conflict.pod() + " is not there yet",
                        asked
                                + "nothing of it is listed: it is being made (class B), or what kept its name has just gone",
                        "wait three minutes and run this again");
            case RESTART ->
                Problem.of(
                        what,
                        asked + "the kubelet has given it up once before",
                        "on it: sudo systemctl restart k3s (on an agent k3s-agent); its pods run on meanwhile");
            case REBOOT ->
                Problem.of(
                        what,
                        asked + "the kernel holds "
                                + String.join(", ", seen.evidence().held()),
                        "homelab reboot " + seen.node());
        };
    }

    private static boolean isUncertain(OfSandbox one) {
        return one.reason() == Reason.ALIVE || one.reason() == Reason.UNSEEN;
    }

    private static void barred(SandboxesSeen seen, List<Problem> problems) {
        Set<String> ask = new LinkedHashSet<>();
        seen.sandboxes()
                .filter(one -> one.act() == Act.ASK)
                .forEach(one -> ask.add(one.sandbox().pod()));
        seen.containers()
                .filter(one -> one.act() == Act.ASK)
                .forEach(one -> ask.add(one.conflict().pod()));
        ask.forEach(pod -> problems.add(Problem.of(
                seen.node() + ": " + pod + " is barred and was left",
                "what is kept of it keeps the kubelet from running it a second time, or the API does not say whether",
                "if it may run again: homelab recover-sandboxes --rerun " + pod)));
        seen.sandboxes()
                .filter(one -> isUncertain(one) && seen.evidence().bars(one.sandbox()))
                .forEach(one -> problems.add(Problem.of(
                        seen.node() + ": " + one.sandbox().pod() + " is barred by one that was left",
                        one.reason().text() + ": " + Telling.of(one.sandbox()),
                        "run this again in a minute; if it is told again, homelab doctor --node " + seen.node())));
        seen.sandboxes()
                .filter(one -> one.reason() == Reason.AGAIN)
                .map(OfSandbox::sandbox)
                .map(one -> one.pod())
                .distinct()
                .forEach(pod -> problems.add(Problem.of(
                        seen.node() + ": " + pod + " is barred again after two removals",
                        Reason.AGAIN.text(),
                        "see that the clock is right (timedatectl), then on it: sudo systemctl restart k3s (on an agent"
                                + " k3s-agent)")));
    }
}

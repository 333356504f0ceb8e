package homelab.gate;

import homelab.model.Node;
import homelab.recovery.Judgement;
import homelab.recovery.Judgement.Act;
import homelab.recovery.Judgement.InFlight;
import homelab.recovery.Judgement.OfContainer;
import homelab.recovery.Judgement.OfSandbox;
import homelab.recovery.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the decision about sandboxes means at gate 6. */
final class Sandboxed {
    private Sandboxed() {}

    /** Nothing is mended: all images would be pulled again, and the registry may be one of the pods. */
    static Sight classD(Node node) {
        return Sight.broken(
                node.name().text(),
                "class D: containerd cannot start because of what it keeps",
                "homelab recover-sandboxes --offline --node " + node.name() + " --dry-run");
    }

    /** Whether it keeps somebody from starting: not what nobody asks for. */
    static boolean bars(Judgement judgement) {
        if (judgement instanceof OfSandbox of) {
            return of.kind() == Kind.A || of.kind() == Kind.C;
        }
        return judgement instanceof OfContainer || judgement instanceof InFlight;
    }

    /** What is in the way on a node, the worst of it. */
    static Optional<Sight> inTheWay(String node, List<Judgement> judged) {
        List<Judgement> bars = judged.stream().filter(Sandboxed::bars).toList();
        List<String> asked =
                bars.stream().flatMap(one -> asks(one).stream()).distinct().toList();
        if (!asked.isEmpty()) {
            return Optional.of(Sight.broken(
                    node,
                    Words.few(asked) + " barred, and to run once: it might run twice",
                    "if it may run again: homelab recover-sandboxes --rerun " + asked.get(0)));
        }
        long dead = bars.stream().filter(Judgement::acts).count();
        if (dead > 0) {
            return Optional.of(Sight.waits(
                    node,
                    dead + (dead == 1 ? " dead sandbox bars" : " dead sandboxes bar") + " a pod",
                    "homelab recover-sandboxes --node " + node));
        }
        return bars.stream().filter(InFlight.class::isInstance).findFirst().map(one -> inFlight(node, (InFlight) one));
    }

    private static Stream<String> pod(Judgement judgement) {
        return judgement instanceof OfSandbox of
                ? Stream.of(of.sandbox().pod())
                : Stream.of(((OfContainer) judgement).conflict().pod());
    }

    private static List<String> asks(Judgement judgement) {
        boolean asks = judgement instanceof OfSandbox of && of.act() == Act.ASK
                || judgement instanceof OfContainer container && container.act() == Act.ASK;
        return asks ? pod(judgement).toList() : List.of();
    }

    private static Sight inFlight(String node, InFlight flight) {
        String what = "class B: " + flight.conflict().pod() + " is being made and does not come to an end";
        return switch (flight.advice()) {
            case WAIT -> Sight.waits(node, flight.conflict().pod() + " is being made", "wait three minutes");
            case RESTART -> Sight.broken(node, what, "on it: sudo systemctl restart k3s (on an agent k3s-agent)");
            case REBOOT -> Sight.broken(node, what + "; the kernel holds it", "on it: sudo reboot");
        };
    }
}

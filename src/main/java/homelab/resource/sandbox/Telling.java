package homelab.resource.sandbox;

import homelab.recovery.Conflict;
import homelab.recovery.Evidence;
import homelab.recovery.Judgement;
import homelab.recovery.Judgement.OfContainer;
import homelab.recovery.Judgement.OfSandbox;
import homelab.recovery.Kind;
import homelab.recovery.Leftover;
import homelab.recovery.Sandbox;
import homelab.resource.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is taken away and why, with the evidence, for people. */
public final class Telling {
    private static final int SHORT = 12;

    private Telling() {}

    static Change change(Judgement judgement, Evidence evidence) {
        if (judgement instanceof OfSandbox of) {
            return new Change("sandbox " + of(of.sandbox()), why(of, evidence), "removed");
        }
        if (judgement instanceof OfContainer of) {
            return new Change(
                    "container " + of.container().name() + " of "
                            + of.conflict().pod() + " " + shortly(of.container().id()),
                    "class A: " + of.reason().text() + asked(of.conflict()),
                    "removed");
        }
        return change(((Judgement.OfLeftover) judgement).leftover());
    }

    private static Change change(Leftover leftover) {
        if (leftover instanceof Leftover.Cache cache) {
            return new Change(
                    "CNI's note " + cache.file(),
                    "class C: " + cache.how() + ", as a power cut leaves it",
                    "taken away");
        }
        if (leftover instanceof Leftover.Address address) {
            String of = address.id().equals("-") ? "nobody" : "a sandbox that is gone";
            return new Change("address " + address.ip(), "taken for " + minutes(address.age()) + " by " + of, "free");
        }
        return leftover instanceof Leftover.Shim shim
                ? new Change(
                        "process " + shim.pid(),
                        "a shim of " + shortly(shim.id()) + ", which containerd does not know, for "
                                + minutes(shim.age()),
                        "ended")
                : new Change(((Leftover.Socket) leftover).file(), "nobody listens at it", "taken away");
    }

    /** The pod, which of its starts, and the beginning of the id. */
    public static String of(Sandbox sandbox) {
        return sandbox.pod() + " #" + sandbox.attempt() + " " + shortly(sandbox.id());
    }

    /** The class, the reason and what was seen. */
    public static String why(OfSandbox judged, Evidence evidence) {
        List<String> parts = new ArrayList<>();
        parts.add((judged.kind() == Kind.NONE ? "" : "class " + judged.kind() + ": ")
                + judged.reason().text()
                + conflict(judged.sandbox(), evidence).map(Telling::asked).orElse(""));
        parts.add(age(judged.sandbox(), evidence));
        return String.join("; ", parts);
    }

    /** Of a half made one containerd takes away its folder in the tmpfs, so that nothing tells the boot. */
    private static String age(Sandbox sandbox, Evidence evidence) {
        if (evidence.volatiles().contains(sandbox.id())) {
            return "of this boot, ended";
        }
        return sandbox.created() <= 0 ? "half made" : "of an earlier boot";
    }

    private static Optional<Conflict> conflict(Sandbox sandbox, Evidence evidence) {
        return evidence.conflicts().stream()
                .filter(one -> one.holder().equals(sandbox.id()))
                .findFirst();
    }

    private static String asked(Conflict conflict) {
        return ", " + conflict.times() + (conflict.times() == 1 ? " time" : " times") + ", last " + conflict.ago()
                + " s ago";
    }

    private static String minutes(long seconds) {
        return seconds / 60 + " min";
    }

    private static String shortly(String id) {
        return id.substring(0, Math.min(SHORT, id.length()));
    }
}

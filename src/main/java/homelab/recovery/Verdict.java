package homelab.recovery;

import homelab.recovery.Judgement.Act;
import java.util.Set;
import java.util.stream.Collectors;

/** What is to become of one sandbox that is not ready, or of one container whose name is asked for. */
final class Verdict {
    /** Seconds of the kubelet within which it clears up by itself what is left of pods that are gone. */
    private static final long EARLY = 300;

    /** Seconds that a pod may take to start. */
    private static final long STARTING = 120;

    private static final int TWICE = 2;

    private final Evidence evidence;
    private final Wish wish;
    private final Set<String> barred;
    private final Set<String> barring;
    private final Set<String> ready;

    Verdict(Evidence evidence, Wish wish) {
        this.evidence = evidence;
        this.wish = wish;
        this.barred = evidence.barred();
        this.barring = evidence.barring().stream().map(Sandbox::id).collect(Collectors.toSet());
        this.ready = evidence.ready();
    }

    private record Said(Act act, Reason reason) {}

    private static Said remove(Reason reason) {
        return new Said(Act.REMOVE, reason);
    }

    private static Said leave(Reason reason) {
        return new Said(Act.LEAVE, reason);
    }

    /** Removed when the user has named its pod; else he is told how. */
    private Said named(String pod, Reason otherwise) {
        return wish.rerun().contains(pod) ? remove(Reason.NAMED) : new Said(Act.ASK, otherwise);
    }

    Judgement of(Sandbox sandbox) {
        Said said = said(sandbox);
        return new Judgement.OfSandbox(sandbox, said.act(), kind(sandbox), said.reason());
    }

    /** One without a date keeps no name (containerd 2.0 reserves none for it): the conflict is of before k3s was started anew. */
    private Kind kind(Sandbox sandbox) {
        if (barred.contains(sandbox.uid())) {
            return sandbox.created() <= 0 ? Kind.E : Kind.A;
        }
        boolean noted = evidence.stuck().contains(sandbox.id())
                || evidence.of(Leftover.Cache.class).stream()
                        .anyMatch(cache -> cache.id().equals(sandbox.id()));
        if (noted) {
            return Kind.C;
        }
        return sandbox.created() <= 0 ? Kind.E : Kind.NONE;
    }

    private Said said(Sandbox sandbox) {
        boolean bars = barred.contains(sandbox.uid());
        if (!evidence.isSeen()) {
            return leave(Reason.UNSEEN);
        }
        if (evidence.isAlive(sandbox.id())) {
            return leave(Reason.ALIVE);
        }
        if (bars && isRemovedTwice(sandbox.uid())) {
            return leave(Reason.AGAIN);
        }
        if (!evidence.knowsPods()) {
            return bars ? named(sandbox.pod(), Reason.NO_API) : leave(Reason.NO_API);
        }
        Pod pod = evidence.pods().get(sandbox.uid());
        return pod == null ? orphan(sandbox) : said(sandbox, pod, bars);
    }

    private boolean isRemovedTwice(String uid) {
        return evidence.removals().getOrDefault(uid, 0) >= TWICE;
    }

    private Said orphan(Sandbox sandbox) {
        if (!sandbox.uid().contains("-")) {
            return leave(Reason.STATIC);
        }
        return evidence.kubelet() < EARLY ? leave(Reason.EARLY) : remove(Reason.GONE);
    }

    private Said said(Sandbox sandbox, Pod pod, boolean bars) {
        if (pod.ending()) {
            return bars ? remove(Reason.ENDING) : leave(Reason.ENDING);
        }
        if (pod.hasEnded()) {
            return wish.completed() ? remove(Reason.ENDED) : leave(Reason.ENDED);
        }
        if (pod.isOnce() || sandbox.job()) {
            return barring.contains(sandbox.id()) ? named(pod.pod(), Reason.ONCE) : leave(Reason.ONCE);
        }
        if (bars) {
            return remove(barring.contains(sandbox.id()) ? Reason.BARRED : Reason.SIBLING);
        }
        return idle(sandbox, pod);
    }

    /** Nobody asks for its name. */
    private Said idle(Sandbox sandbox, Pod pod) {
        boolean earlier = !evidence.volatiles().contains(sandbox.id());
        if (earlier && sandbox.created() <= 0) {
            return remove(Reason.HALF);
        }
        boolean waits = pod.unready() > STARTING && !ready.contains(pod.uid());
        return earlier && waits ? remove(Reason.WAITS) : leave(Reason.KEPT);
    }

    Judgement of(Container container, Conflict conflict) {
        String uid = evidence.sandbox(container.sandbox()).map(Sandbox::uid).orElse("");
        Said said = said(container, uid);
        return new Judgement.OfContainer(container, conflict, said.act(), said.reason(), uid);
    }

    private Said said(Container container, String uid) {
        if (!evidence.isSeen()) {
            return leave(Reason.UNSEEN);
        }
        if (container.mayRun()) {
            return leave(Reason.ALIVE);
        }
        if (isRemovedTwice(uid)) {
            return leave(Reason.AGAIN);
        }
        if (!evidence.knowsPods()) {
            return new Said(Act.ASK, Reason.NO_API);
        }
        Pod pod = evidence.pods().get(uid);
        if (pod == null || pod.ending()) {
            return leave(Reason.KEPT);
        }
        return pod.isOnce() ? named(pod.pod(), Reason.ONCE) : remove(Reason.BARRED);
    }
}

package homelab.recovery;

import homelab.recovery.Judgement.Advice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What may be done with what a host keeps of pods. Nothing is done to what may be alive, to what could not be seen, nor
 * to a pod that its removal would start again. The same decision is made on a host that is alone, by
 * {@code templates/usr/local/lib/homelab/decide}; one table of cases and generated evidence hold both to it.
 */
public final class Decision {
    /** Seconds after which what nobody owns is nobody's: what is being made is younger. */
    private static final long OLD = 600;

    /** The kubelet asks again within seconds, at most two minutes (its back-off for sandboxes). */
    private static final long CURRENT = 300;

    private final Evidence evidence;
    private final Verdict verdict;

    private Decision(Evidence evidence, Wish wish) {
        this.evidence = evidence;
        this.verdict = new Verdict(evidence, wish);
    }

    /** In the order in which it is done: what bars others first, then by what the cluster needs first. */
    public static List<Judgement> of(Evidence evidence, Wish wish) {
        Decision decision = new Decision(evidence, wish);
        return Stream.of(
                        decision.caches(),
                        decision.sandboxes(),
                        decision.containers(),
                        decision.inFlight(),
                        decision.addresses(),
                        decision.shims(),
                        decision.sockets())
                .flatMap(List::stream)
                .toList();
    }

    private List<Judgement> sandboxes() {
        return evidence.sandboxes().stream()
                .filter(one -> !one.ready())
                .sorted(Comparator.comparingInt(this::rank))
                .map(verdict::of)
                .toList();
    }

    /** Storage first: all other pods wait for their volumes. */
    private int rank(Sandbox sandbox) {
        Pod pod = evidence.pods().get(sandbox.uid());
        String priority = pod == null ? "-" : pod.priority();
        if (sandbox.namespace().equals("longhorn-system") || priority.equals("system-node-critical")) {
            return 0;
        }
        return sandbox.namespace().equals("kube-system") || priority.equals("system-cluster-critical") ? 1 : 2;
    }

    private List<Judgement> containers() {
        List<Judgement> judged = new ArrayList<>();
        for (Conflict conflict : evidence.conflicts()) {
            evidence.containers().stream()
                    .filter(one -> conflict.container() && one.id().equals(conflict.holder()))
                    .findFirst()
                    .ifPresent(one -> judged.add(verdict.of(one, conflict)));
        }
        return judged;
    }

    private List<Judgement> inFlight() {
        if (!evidence.asked().contains("s") || !evidence.asked().contains("c")) {
            return List.of();
        }
        return evidence.conflicts().stream()
                .filter(one -> one.ago() <= CURRENT && !isListed(one.holder()) && isWaitedFor(one))
                .<Judgement>map(one -> new Judgement.InFlight(one, advice(one)))
                .toList();
    }

    /** Whether its pod still lacks what was asked for: once it is there, the journal tells of what has passed. */
    private boolean isWaitedFor(Conflict conflict) {
        Pod pod = evidence.pods().get(conflict.uid());
        boolean come = conflict.container()
                ? pod != null && pod.unready() == 0
                : evidence.ready().contains(conflict.uid());
        boolean expected = !evidence.knowsPods() || pod != null && !pod.hasEnded();
        return !come && expected;
    }

    private boolean isListed(String id) {
        return evidence.sandbox(id).isPresent()
                || evidence.containers().stream().anyMatch(one -> one.id().equals(id));
    }

    private Advice advice(Conflict conflict) {
        if (!evidence.held().isEmpty()) {
            return Advice.REBOOT;
        }
        return evidence.deadlines().contains(conflict.pod()) ? Advice.RESTART : Advice.WAIT;
    }

    /** Of a sandbox that is ready, or may be, the note is left: it is needed to end its network. */
    private List<Judgement> caches() {
        boolean seen = evidence.asked().containsAll(List.of("s", "b", "t", "h"));
        return leftovers(Leftover.Cache.class, cache -> {
            boolean listed = evidence.sandbox(cache.id()).isPresent();
            boolean ready = evidence.sandbox(cache.id()).filter(Sandbox::ready).isPresent();
            boolean made = evidence.volatiles().contains(cache.id()) && !listed;
            return seen && !ready && !evidence.isAlive(cache.id()) && !made;
        });
    }

    private List<Judgement> addresses() {
        return leftovers(
                Leftover.Address.class,
                address -> evidence.asked().contains("s") && address.age() > OLD && isNobodys(address));
    }

    private boolean isNobodys(Leftover.Address address) {
        if (address.id().equals("-")) {
            return evidence.knowsPods() && !evidence.taken().contains(address.ip());
        }
        return !isListed(address.id()) && !evidence.volatiles().contains(address.id());
    }

    private List<Judgement> shims() {
        boolean seen = evidence.asked().containsAll(List.of("s", "t"));
        return leftovers(
                Leftover.Shim.class,
                shim -> seen
                        && shim.age() > OLD
                        && evidence.sandbox(shim.id()).isEmpty()
                        && !evidence.tasks().contains(shim.id()));
    }

    private List<Judgement> sockets() {
        return leftovers(Leftover.Socket.class, socket -> true);
    }

    private <L extends Leftover> List<Judgement> leftovers(Class<L> kind, java.util.function.Predicate<L> goes) {
        return evidence.of(kind).stream()
                .filter(goes)
                .<Judgement>map(Judgement.OfLeftover::new)
                .toList();
    }
}

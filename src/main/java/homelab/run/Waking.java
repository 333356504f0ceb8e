package homelab.run;

import homelab.facts.Founding;
import homelab.facts.K3sState;
import homelab.model.Node;
import homelab.phase.Site;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A cluster that is there but does not answer is given time: k3s ends and starts again by itself when etcd was slow for
 * ten seconds (Kubernetes gives up a lease that it could not renew), and after a power cut a Pi needs a minute or two.
 *
 * @param look looks at all hosts anew
 */
public record Waking(Supplier<Site> look, Events events, Time time) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Set<String> COMING = Set.of("active", "activating", "reloading");

    /**
     * The newest look. Only that a server holds data of a cluster, and k3s is at work on it, is worth waiting for.
     *
     * @throws Failure with exit BLIND when such a server does not answer in time, or k3s is not even started
     */
    public Site from(Site site) {
        Instant began = time.now();
        Site seen = site;
        while (seen.founding() instanceof Founding.Sleeps sleeps) {
            boolean late = Duration.between(began, time.now()).compareTo(PATIENCE) > 0;
            if (late || !coming(seen, sleeps.holders())) {
                throw new Failure(Exit.BLIND, silent(seen, sleeps.holders()));
            }
            if (seen == site) {
                events.tell(new Event.Note("waiting for an API that answers: " + states(seen, sleeps.holders())));
            }
            pause();
            seen = look.get();
        }
        return seen;
    }

    private static boolean coming(Site site, List<Node> holders) {
        return holders.stream().anyMatch(node -> COMING.contains(state(site, node)));
    }

    private void pause() {
        try {
            time.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(Exit.INTERRUPTED, List.of());
        }
    }

    private static Problem silent(Site site, List<Node> holders) {
        return Problem.of(
                "the cluster does not answer",
                "no server's API does; of those that hold its data " + states(site, holders),
                "homelab bootstrap starts what is stopped and says what stands in the way; on the host: journalctl -u k3s");
    }

    private static String states(Site site, List<Node> holders) {
        return holders.stream()
                .map(node -> "k3s on " + node.name() + " is " + state(site, node))
                .collect(Collectors.joining(", "));
    }

    private static String state(Site site, Node node) {
        return site.k3sOf(node).map(K3sState::active).orElse("unknown");
    }
}

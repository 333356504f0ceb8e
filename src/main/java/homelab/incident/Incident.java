package homelab.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What happened to a cluster.
 *
 * @param timeline by time
 * @param links the likely chain of causes, the first cause first; empty when nothing went wrong
 * @param unseen what could not be read, and of which host
 */
public record Incident(
        String cluster, Instant since, Instant until, List<Happening> timeline, List<Link> links, List<String> unseen) {

    public Incident {
        timeline = List.copyOf(timeline);
        links = List.copyOf(links);
        unseen = List.copyOf(unseen);
    }

    /**
     * @param pasts by node, in the order of the inventory
     * @param own what homelab did from this machine
     */
    public static Incident of(
            String cluster,
            Instant since,
            Instant until,
            Map<String, HostPast> pasts,
            List<Happening> own,
            List<String> unseen) {
        List<Happening> all = new ArrayList<>(own);
        List<String> missing = new ArrayList<>(unseen);
        pasts.forEach((node, past) -> {
            all.addAll(past.journal());
            past.boots().forEach(boot -> all.addAll(of(node, boot, past.reset())));
            past.missing().forEach(what -> missing.add(node + ": " + what));
        });
        // Every server tells the same of the API.
        pasts.values().stream()
                .map(HostPast::cluster)
                .filter(told -> !told.isEmpty())
                .findFirst()
                .ifPresent(all::addAll);
        List<Happening> timeline = all.stream()
                .filter(each -> !each.last().isBefore(since))
                .sorted()
                .toList();
        return new Incident(cluster, since, until, timeline, Chain.of(timeline, missing.isEmpty()), missing);
    }

    private static List<Happening> of(String node, Boot boot, boolean reset) {
        List<Happening> told = new ArrayList<>();
        boolean now = boot.end() == Boot.End.NOW;
        told.add(Happening.once(
                node, boot.first(), Kind.BOOT, "booted, " + boot.id().substring(0, 8)));
        if (now && reset) {
            told.add(Happening.once(
                    node, boot.first(), Kind.WATCHDOG, "the watchdog says that this boot is a reset of its own"));
        }
        Duration step = boot.clockStep();
        if (step.abs().compareTo(Duration.ofSeconds(2)) > 0) {
            String by = (step.isNegative() ? "back by " : "forward by ") + seconds(step.abs());
            told.add(Happening.once(node, boot.first(), Kind.CLOCK, "in this boot the clock was set " + by));
        }
        if (!now) {
            boolean clean = boot.end() == Boot.End.CLEAN;
            told.add(Happening.once(
                    node,
                    boot.last(),
                    clean ? Kind.SHUTDOWN : Kind.CUT,
                    clean ? "shut down in order" : "the boot ended here, without a shutdown"));
        }
        return told;
    }

    static String seconds(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds < 120 ? seconds + " s" : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }
}

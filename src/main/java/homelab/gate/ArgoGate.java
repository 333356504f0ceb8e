package homelab.gate;

import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Gate 11: Argo CD's controller, repository server and Redis run, and it knows how its Applications stand. */
final class ArgoGate implements Look {
    private static final String PART = "app.kubernetes.io/name";
    private static final String OF = "app.kubernetes.io/part-of";
    private static final List<String> PARTS =
            List.of("argocd-redis", "argocd-repo-server", "argocd-application-controller");

    @Override
    public List<Listing> listings() {
        return List.of(Lists.APPLICATIONS, Lists.DEPLOYMENTS, Lists.STATEFUL_SETS);
    }

    @Override
    public List<Sight> judge(House house) {
        Optional<Sight> blind = Look.blind(house, Lists.APPLICATIONS, "Argo CD is not installed");
        if (blind.isPresent()) {
            return List.of(blind.get());
        }
        List<Sight> sights = new ArrayList<>();
        parts(house).filter(part -> !runs(part)).forEach(part -> sights.add(down(part)));
        Item.of(house, Lists.APPLICATIONS).forEach(one -> sights.add(judge(house, one)));
        return sights.isEmpty() ? List.of(Sight.pass("cluster", "Argo CD runs")) : sights;
    }

    /** What the others need to compare anything. */
    static boolean allRun(House house) {
        return parts(house).count() >= PARTS.size() && parts(house).allMatch(ArgoGate::runs);
    }

    private static Stream<Item> parts(House house) {
        return Stream.of(Lists.DEPLOYMENTS, Lists.STATEFUL_SETS)
                .flatMap(listing -> Item.of(house, listing).stream())
                .filter(ArgoGate::isPart);
    }

    private static boolean isPart(Item one) {
        Map<String, String> labels = one.map("metadata.labels");
        return "argocd".equals(labels.get(OF)) && PARTS.contains(labels.getOrDefault(PART, ""));
    }

    private static boolean runs(Item part) {
        return part.number("status.readyReplicas").orElse(0L) > 0
                || part.number("spec.replicas").orElse(1L) == 0;
    }

    private static Sight down(Item part) {
        return Sight.waits(
                "Argo CD", part.name() + " does not run yet", "kubectl -n " + part.namespace() + " get pods");
    }

    private static Sight judge(House house, Item one) {
        String subject = one.subject("Application");
        String sync = one.text("status.sync.status");
        String health = one.text("status.health.status");
        String fix = "homelab gitops status";
        if (sync.isEmpty() || sync.equals("Unknown")) {
            return Sight.waits(subject, "Argo CD cannot compare it" + why(one), fix);
        }
        if (Operations.isEndless(house, one)) {
            return Sight.waits(
                    subject, "its sync runs for more than 15 min", Operations.TERMINATE.formatted(one.name()));
        }
        return switch (health) {
            case "Progressing", "Missing", "Degraded", "Unknown", "" ->
                Sight.waits(subject, "is " + sync + ", " + (health.isEmpty() ? "of no known health" : health), fix);
            default ->
                sync.equals("Synced")
                        ? Sight.pass(subject, "is Synced, " + health)
                        : Sight.note(subject, "is " + sync + ", " + health, fix);
        };
    }

    private static String why(Item one) {
        return one.items("status.conditions").stream()
                .filter(condition -> condition.text("type").endsWith("Error"))
                .map(condition -> ": " + condition.text("message"))
                .findFirst()
                .orElse("");
    }
}

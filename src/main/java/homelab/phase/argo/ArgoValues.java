package homelab.phase.argo;

import homelab.model.Cluster;
import homelab.phase.Derived;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What Argo CD's chart is told because of what the cluster is, each value with its reason. What the inventory's own values
 * say wins. It follows from the inventory alone: with the facts of today Argo CD would change with the weather. Names and
 * defaults: charts/argo-cd/values.yaml of argoproj/argo-helm 7.8.26 to 10.1.1.
 */
public final class ArgoValues {
    private static final String HEALTH = "resource.customizations.health.argoproj.io_Application";

    // An Application is as healthy as it says. What is Missing or Unknown does not count for the one above it (seen
    // with
    // v2.14.21), so that the root of an Application that has not begun would be healthy.
    private static final String AS_IT_SAYS = """
            local health = (obj.status or {}).health or {}
            local status = health.status or "Missing"
            if status == "Missing" or status == "Unknown" then status = "Progressing" end
            return {status = status, message = health.message or ""}
            """;

    private final Cluster cluster;
    private final List<Derived> derived = new ArrayList<>();

    private ArgoValues(Cluster cluster) {
        this.cluster = cluster;
    }

    public static List<Derived> of(Cluster cluster) {
        ArgoValues values = new ArgoValues(cluster);
        values.leftOut();
        values.copies();
        values.memory();
        values.pace();
        cluster.addons().argo().ingress().ifPresent(values::ingress);
        cluster.addons().argo().gitops().ifPresent(gitops -> values.waves());
        return List.copyOf(values.derived);
    }

    private void leftOut() {
        add("dex.enabled", false, "nobody logs in by way of others unless dex is configured");
        add("notifications.enabled", false, "there is nobody to notify unless that is configured");
    }

    private void copies() {
        int servers = cluster.servers().size();
        int copies = servers < 3 ? 1 : 2;
        String why = servers == 1
                ? "there is one server, and a second copy would not outlive it"
                : servers + " servers outlive the loss of one, and so do two copies on different nodes";
        add("server.replicas", copies, why);
        add("repoServer.replicas", copies, why);
        add("controller.replicas", 1, "further ones share out clusters, and there is one");
        if (copies > 1) {
            add("global.affinity.podAntiAffinity", "hard", "else both copies may land on one node and go with it");
        }
    }

    /** The chart itself asks for nothing, and pods without limits are the first to be killed. */
    private void memory() {
        String why = "so that it is neither the first to be killed nor takes a Pi's memory from the others";
        resources("controller", "100m", "256Mi", "1Gi", why + "; 700 Mi are usual with a dozen Applications");
        resources("repoServer", "50m", "128Mi", "768Mi", why + "; big charts take 500 Mi while they are rendered");
        resources("server", "20m", "64Mi", "256Mi", why);
        resources("applicationSet", "20m", "64Mi", "256Mi", why);
        resources("redis", "20m", "32Mi", "128Mi", why);
    }

    private void resources(String component, String cpu, String memory, String most, String why) {
        add(
                component + ".resources",
                Map.of("requests", Map.of("cpu", cpu, "memory", memory), "limits", Map.of("memory", most)),
                why);
    }

    private void pace() {
        String cores = "a Pi has four cores, and Argo CD's own numbers are for hundreds of Applications";
        parameter("controller.status.processors", 10, cores);
        parameter("controller.operation.processors", 5, cores);
        parameter("reposerver.parallelism.limit", 2, "each chart that is rendered is a process with its memory");
        add(
                "repoServer.env",
                List.of(Map.of("name", "ARGOCD_EXEC_TIMEOUT", "value", "180s")),
                "a Pi takes longer than 90 s for a big chart");
    }

    private void ingress(String host) {
        add("global.domain", host, "addons.argocd.ingress");
        add("server.ingress.enabled", true, "addons.argocd.ingress");
        add("server.ingress.hostname", host, "addons.argocd.ingress");
        if (!cluster.k3s().disable().contains("traefik")) {
            add("server.ingress.ingressClassName", "traefik", "k3s brings it");
        }
        parameter("server.insecure", true, "TLS ends at the ingress; a second one behind it redirects for ever");
    }

    private void waves() {
        add(
                List.of("configs", "cm", HEALTH),
                AS_IT_SAYS,
                "else a wave of Applications does not wait for the one before");
    }

    private void parameter(String name, Object value, String reason) {
        add(List.of("configs", "params", name), value, reason);
    }

    private void add(String path, Object value, String reason) {
        derived.add(Derived.of(path, value, reason));
    }

    private void add(List<String> path, Object value, String reason) {
        derived.add(new Derived(path, value, reason));
    }
}

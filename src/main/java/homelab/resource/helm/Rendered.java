package homelab.resource.helm;

import homelab.model.ChartRelease;
import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.resource.Sh;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a chart would make, and what lies there already: asked when Helm knows no release of the name. It takes the
 * program and the chart on the server; without them nothing can be said yet.
 *
 * @param known whether the chart could be rendered
 * @param items what it would make, hooks not among it
 * @param live those of them that are in the cluster already
 * @param around workloads, Services, Ingresses of the namespace, and what else others may refer to, by name alone
 */
record Rendered(boolean known, List<Item> items, List<Map<String, Object>> live, List<Map<String, Object>> around) {

    private static final List<String> WHOLE = List.of(
            "apis/apps/v1 Deployment deployments",
            "apis/apps/v1 StatefulSet statefulsets",
            "apis/apps/v1 DaemonSet daemonsets",
            "api/v1 Service services",
            "apis/networking.k8s.io/v1 Ingress ingresses");
    private static final List<String> NAMES =
            List.of("api/v1 ConfigMap configmaps", "api/v1 Secret secrets", "api/v1 ServiceAccount serviceaccounts");

    // A Secret's content stays on the server: kubectl tells it, and so does what "kubectl apply" writes on objects.
    private static final String SHELL = Probe.LIFTED + Api.GET + """
            helm=/usr/local/lib/homelab/helm
            [ -x "$helm" ] && echo "$sum  $chart" | sha256sum -c --quiet >/dev/null 2>&1 || { echo unknown; exit 0; }
            export HELM_CACHE_HOME=/nonexistent HELM_CONFIG_HOME=/nonexistent HELM_DATA_HOME=/nonexistent
            manifest=$(feed | "$helm" template "$name" "$chart" --namespace "$ns" --no-hooks --skip-crds --values - 2>/dev/null) || { echo unknown; exit 0; }
            applied() { sed 's,\\("kubectl.kubernetes.io/last-applied-configuration": *"\\)\\([^"\\\\]\\|\\\\.\\)*",\\1",g'; }
            secrets() {
              awk '/^ *"data": [{]$/ { inside = 1 }
                inside { held = held $0 "\\n"; if (/^ *[}],?$/) inside = 0; next }
                /^ *"kind": / { if (/"Secret"/) gsub(/": "[^\\n]*"/, "\\": \\"***\\"", held); printf "%s", held; held = "" }
                { print }'
            }
            all() {
              echo known
              printf '%s\\n' "$manifest"
              echo HOMELAB-LIVE
              printf '%s\\n' "$manifest" | k3s kubectl get -n "$ns" --ignore-not-found -o json -f - 2>/dev/null | applied | secrets
              echo HOMELAB-AROUND
              { whole | get application/json; names | get 'METADATA'; } | applied
            }
            all | gzip -c
            """;

    static Probe<Rendered> probe(ChartRelease release, String sha256) {
        String head = "ns=" + Sh.quote(release.namespace()) + " name=" + Sh.quote(release.name()) + " chart="
                + Sh.quote(ChartFile.path(release.chart())) + " sum=" + sha256 + "\n"
                + "feed() {\n" + Sh.feed(Trees.text(release.values()), "cat") + "}\n"
                + "whole() {\n" + paths(release.namespace(), WHOLE) + "}\n"
                + "names() {\n" + paths(release.namespace(), NAMES) + "}\n";
        return new Probe<>(
                "rendered:" + release.title() + " " + release.values().hashCode(),
                head + SHELL.replace("METADATA", Api.METADATA),
                Duration.ofSeconds(40),
                answer -> parse(answer, release.namespace()));
    }

    private static String paths(String namespace, List<String> kinds) {
        StringBuilder paths = new StringBuilder();
        kinds.forEach(kind -> paths.append("echo "
                        + Sh.quote("/" + kind.split(" ")[0] + "/namespaces/" + namespace + "/" + kind.split(" ")[2]
                                + "?pretty=false"))
                .append('\n'));
        return paths.toString();
    }

    private static Rendered parse(Answer answer, String namespace) {
        if (!answer.ok() || answer.cut()) {
            throw new IllegalStateException("what lies there already could not be asked");
        }
        if (answer.text().strip().equals("unknown")) {
            return new Rendered(false, List.of(), List.of(), List.of());
        }
        String text = Packed.text(answer.out());
        String[] manifest = text.split("(^|\n)HOMELAB-LIVE\n", 2);
        String[] rest = manifest[1].split("(^|\n)HOMELAB-AROUND\n", 2);
        return new Rendered(
                true,
                Manifest.read(manifest[0].substring("known\n".length()), namespace),
                live(rest[0]),
                around(Api.read(rest[1])));
    }

    /** kubectl prints nothing, one object, or a list of them. */
    private static List<Map<String, Object>> live(String text) {
        if (text.isBlank()) {
            return List.of();
        }
        Map<String, Object> json = Trees.json(text);
        return Trees.word(json, "kind").equals("List")
                ? Trees.list(json, "items").stream()
                        .map(item -> Trees.map(item))
                        .toList()
                : List.of(json);
    }

    /** Items of a list do not say of which kind they are. */
    private static List<Map<String, Object>> around(List<Api.Got> all) {
        List<String> kinds = new ArrayList<>(WHOLE);
        kinds.addAll(NAMES);
        List<Map<String, Object>> found = new ArrayList<>();
        for (int i = 0; i < Math.min(kinds.size(), all.size()); i++) {
            String kind = kinds.get(i).split(" ")[1];
            if (all.get(i).found()) {
                Trees.list(Trees.json(all.get(i).body()), "items").forEach(item -> {
                    Map<String, Object> object = new LinkedHashMap<>(Trees.map(item));
                    object.put("kind", kind);
                    found.add(object);
                });
            }
        }
        return found;
    }

    Optional<Map<String, Object>> liveOf(Item item) {
        return live.stream()
                .filter(object -> Trees.word(object, "kind").equals(item.kind()))
                .filter(object -> Trees.word(object, "metadata", "name").equals(item.name()))
                .filter(object -> Kinds.clusterWide(item)
                        || Trees.word(object, "metadata", "namespace").equals(item.namespace())
                        || Trees.word(object, "metadata", "namespace").isEmpty())
                .findFirst();
    }
}

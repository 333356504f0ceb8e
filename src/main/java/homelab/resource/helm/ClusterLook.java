package homelab.resource.helm;

import homelab.probe.Answer;
import homelab.probe.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What concerns all releases: namespaces, and who else installs charts here. Asked once for all of them.
 *
 * @param applications those of Argo CD; empty when its API knows no such kind
 */
public record ClusterLook(List<?> namespaces, List<?> helmCharts, Optional<List<?>> applications) {
    /** By which helm-controller is told to leave a HelmChart alone. */
    static final String UNMANAGED = "helmcharts.helm.cattle.io/unmanaged";

    public static final Probe<ClusterLook> PROBE =
            new Probe<>("helm:cluster", Api.GET + """
                    printf '%s\\n' '/api/v1/namespaces?pretty=false' '/apis/helm.cattle.io/v1/helmcharts?pretty=false' \\
                      '/apis/argoproj.io/v1alpha1/applications?pretty=false' | get application/json |
                      sed 's/"chartContent":"[^"]*"/"chartContent":""/g' | gzip -c
                    """, Duration.ofSeconds(25), ClusterLook::parse);

    private static ClusterLook parse(Answer answer) {
        if (answer.cut()) {
            throw new IllegalStateException("the API's answer is longer than what is read of it");
        }
        List<Api.Got> all = answer.ok() ? Api.read(Packed.text(answer.out())) : List.of();
        if (all.size() != 3 || !all.get(0).found()) {
            throw new IllegalStateException("no API answers on this server");
        }
        List<?> applications = items(all.get(2));
        return new ClusterLook(
                items(all.get(0)),
                items(all.get(1)),
                all.get(2).absent() ? Optional.empty() : Optional.of(applications));
    }

    /** Nothing where nobody defined the kind. */
    private static List<?> items(Api.Got got) {
        if (!got.found() && !got.absent()) {
            throw new IllegalStateException("the API does not tell who installs charts (HTTP " + got.status() + ")");
        }
        return got.found() ? Trees.list(Trees.json(got.body()), "items") : List.of();
    }

    /** What holds a namespace that is being deleted, in the API's words; empty when it is not being deleted. */
    Optional<String> terminating(String name) {
        return namespaces.stream()
                .filter(namespace -> Trees.word(namespace, "metadata", "name").equals(name))
                .filter(namespace -> Trees.word(namespace, "status", "phase").equals("Terminating"))
                .map(ClusterLook::holders)
                .findFirst();
    }

    private static String holders(Object namespace) {
        List<String> words = Trees.list(namespace, "status", "conditions").stream()
                .filter(condition -> Trees.word(condition, "status").equals("True"))
                .map(condition -> Trees.word(condition, "message"))
                .toList();
        return words.isEmpty() ? "the API does not say yet what holds it" : String.join("; ", words);
    }

    /** The HelmChart object that makes this release; one that its controller was told to leave alone makes nothing. */
    Optional<String> helmChart(String namespace, String name) {
        return helmCharts.stream()
                .filter(chart -> Trees.word(chart, "metadata", "name").equals(name))
                .filter(chart -> target(chart).equals(namespace))
                .filter(chart -> !Trees.map(chart, "metadata", "annotations").containsKey(UNMANAGED))
                .map(chart -> Trees.word(chart, "metadata", "namespace") + "/" + name)
                .findFirst();
    }

    private static String target(Object chart) {
        String target = Trees.word(chart, "spec", "targetNamespace");
        return target.isEmpty() ? Trees.word(chart, "metadata", "namespace") : target;
    }

    /** The Application of Argo CD that renders this chart into this namespace. */
    Optional<String> application(String namespace, String chart) {
        return applications.stream()
                .flatMap(List::stream)
                .filter(app ->
                        Trees.word(app, "spec", "destination", "namespace").equals(namespace))
                .filter(app -> charts(app).contains(chart))
                .map(app -> Trees.word(app, "metadata", "name"))
                .findFirst();
    }

    private static List<String> charts(Object app) {
        return java.util.stream.Stream.concat(
                        Trees.at(app, "spec", "source").stream(), Trees.list(app, "spec", "sources").stream())
                .map(source -> Trees.word(source, "chart"))
                .toList();
    }
}

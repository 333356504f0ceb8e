package homelab.resource.helm;

import homelab.model.ChartRelease;
import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.resource.Sh;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the packed chart makes of values, and which kinds it defines beside those that the cluster has: asked on the server
 * when a release is to be made or changed. It takes the program and the chart there; without them nothing is said yet.
 *
 * @param faults of the values, by the chart's schema; empty when it has none
 */
record Rehearsal(List<String> faults, List<Definition> definitions) {

    // The bodies of CRDs stay on the server: they are megabytes, and only their versions count. Whatever else than
    // values
    // keeps a chart from being rendered here (it may ask the cluster) the dry run of the deed says.
    private static final String SHELL = Probe.LIFTED + Api.GET + """
            helm=/usr/local/lib/homelab/helm
            [ -x "$helm" ] && echo "$sum  $chart" | sha256sum -c --quiet >/dev/null 2>&1 || exit 0
            export HELM_CACHE_HOME=/nonexistent HELM_CONFIG_HOME=/nonexistent HELM_DATA_HOME=/nonexistent
            rendered() { feed | "$helm" template "$name" "$chart" --namespace "$ns" --include-crds --values -; }
            if ! all=$(rendered 2>/dev/null); then
              rendered 2>&1 >/dev/null | sed -n '/meet the specifications of the schema/,$s/^/fault /p' | sed 1d
              all=$("$helm" show crds "$chart" 2>/dev/null)
            fi
            crds=$({ echo; printf '%s\\n' "$all"; } | awk -v RS='\\n---[^\\n]*\\n' '/(^|\\n)kind: *["\\047]?CustomResourceDefinition/ { printf "---\\n%s\\n", $0 }')
            [ -n "$crds" ] || exit 0
            versions='{.metadata.name} {.spec.versions[*].name}{"\\n"}'
            wanted=$(printf '%s\\n' "$crds" | k3s kubectl create --dry-run=client --validate=false -f - -o "jsonpath=$versions" 2>/dev/null) || exit 1
            printf '%s\\n' "$wanted" | sed 's/^/wanted /'
            columns='N:.metadata.name,S:.spec.versions[?(@.storage==true)].name,D:.status.storedVersions[*],C:.metadata.annotations.homelab/chart,G:.spec.group,P:.spec.names.plural'
            live=$(k3s kubectl get crds --ignore-not-found --no-headers -o "custom-columns=$columns" $(printf '%s\\n' "$wanted" | sed 's/ .*//') 2>/dev/null) || exit 1
            [ -n "$live" ] || exit 0
            printf '%s\\n' "$live" | sed 's/^/live /'
            printf '%s\\n' "$live" | while read -r crd storage stored last group plural; do
              echo "/apis/$group/$storage/$plural?limit=1&pretty=false&timeout=8s"
            done | get 'METADATA' | sed 's/^/objects /'
            """;

    static Probe<Rehearsal> probe(ChartRelease release, String sha256) {
        String head = "ns=" + Sh.quote(release.namespace()) + " name=" + Sh.quote(release.name()) + " chart="
                + Sh.quote(ChartFile.path(release.chart())) + " sum=" + sha256 + "\n"
                + "feed() {\n" + Sh.feed(Trees.text(release.values()), "cat") + "}\n";
        return new Probe<>(
                "rehearsal:" + release.title() + " " + release.values().hashCode(),
                head + SHELL.replace("METADATA", Api.METADATA),
                Duration.ofSeconds(40),
                Rehearsal::parse);
    }

    private static Rehearsal parse(Answer answer) {
        if (!answer.ok() || answer.cut()) {
            throw new IllegalStateException("the chart's kinds could not be compared with the cluster's");
        }
        List<Api.Got> objects = Api.read(String.join("\n", lines(answer, "objects ")));
        Map<String, Definition.Live> live = new LinkedHashMap<>();
        for (String line : lines(answer, "live ")) {
            String[] words = line.split("\\s+");
            long count = live.size() < objects.size() ? count(objects.get(live.size())) : -1;
            live.put(words[0], new Definition.Live(words[1], list(words[2]), word(words[3]), count));
        }
        List<Definition> definitions = new ArrayList<>();
        for (String line : lines(answer, "wanted ")) {
            String[] words = line.split("\\s+");
            List<String> versions = Arrays.asList(words).subList(1, words.length);
            definitions.add(new Definition(words[0], versions, Optional.ofNullable(live.get(words[0]))));
        }
        return new Rehearsal(faults(lines(answer, "fault ")), definitions);
    }

    /** Helm says under the name of each chart, subcharts too, what is wrong there. */
    private static List<String> faults(List<String> lines) {
        List<String> faults = new ArrayList<>();
        String chart = "";
        for (String line : lines) {
            if (line.startsWith("- ")) {
                faults.add(chart + " " + line.substring(2));
            } else {
                chart = line;
            }
        }
        return faults;
    }

    private static List<String> lines(Answer answer, String kind) {
        return answer.text()
                .lines()
                .filter(line -> line.startsWith(kind))
                .map(line -> line.substring(kind.length()).strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** The list was asked for with one object at most, and the API says how many more there are. */
    private static long count(Api.Got got) {
        if (!got.found()) {
            return -1;
        }
        Map<String, Object> list = Trees.json(got.body());
        return Trees.list(list, "items").size() + Trees.number(list, 0, "metadata", "remainingItemCount");
    }

    private static List<String> list(String words) {
        return word(words).isEmpty() ? List.of() : Arrays.asList(words.split(","));
    }

    /** kubectl's word for nothing. */
    private static String word(String word) {
        return word.equals("<none>") ? "" : word;
    }
}

package homelab.resource.helm;

import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.resource.Sh;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Helm keeps of one release: its revisions that were not replaced by a later one, the newest last.
 *
 * @param now the server's clock, seconds since 1970
 * @param ourRun the mark of the last run of homelab that worked on it from this server; "" when that came to its end
 */
public record ReleaseLook(List<Revision> revisions, long now, String ourRun) {

    // The bodies of templates and files are dropped on the host: they are most of a release and nobody compares them.
    // One
    // request for all revisions, as a Pi takes as long for a connection as for the answer; the API writes an object's
    // metadata first, its name before all else.
    private static final String SHELL = Api.GET + """
            selector="owner%3Dhelm%2Cname%3D$name%2Cstatus%21%3Dsuperseded"
            list=$(echo "/api/v1/namespaces/$ns/secrets?pretty=false&labelSelector=$selector" | get application/json)
            echo "at $(date +%s) $(cat "/var/lib/homelab/releases/$ns.$name/run" 2>/dev/null)"
            printf '%s\\n' "$list" | tail -n 1
            printf '%s\\n' "$list" | sed '$d; s/"release":"[^"]*"/"release":""/g'
            items=$(printf '%s\\n' "$list" | sed 's/{"metadata":{"name":/\\n&/g')
            for secret in $(printf '%s\\n' "$items" | sed -n 's/^{"metadata":{"name":"\\(sh\\.helm\\.release\\.v1\\.[^"]*\\)".*/\\1/p'); do
              printf '\\nrelease %s ' "$secret"
              printf '%s\\n' "$items" | sed -n "s/^{\\"metadata\\":{\\"name\\":\\"$secret\\",.*\\"release\\":\\"\\([^\\"]*\\)\\".*/\\1/p" |
                base64 -d | base64 -d | gzip -dc | sed 's/"data":"[^"]*"/"data":""/g; s/"schema":"[^"]*"/"schema":""/g' |
                gzip -c | base64 | tr -d '\\n'
            done
            """;

    public static Probe<ReleaseLook> probe(String namespace, String name) {
        String shell = "ns=" + Sh.quote(namespace) + " name=" + Sh.quote(name) + "\n" + SHELL;
        return new Probe<>("helm:" + namespace + "/" + name, shell, Duration.ofSeconds(25), ReleaseLook::parse);
    }

    private static ReleaseLook parse(Answer answer) {
        if (!answer.ok() || answer.cut()) {
            throw new IllegalStateException(
                    answer.cut() ? "the release is larger than what is read of it" : "no API answers on this server");
        }
        String[] lines = answer.text().split("\n");
        if (lines.length < 3 || !lines[1].equals("200")) {
            throw new IllegalStateException("the API does not tell its releases" + status(lines));
        }
        String[] at = lines[0].split(" ", 3);
        Map<String, Map<String, String>> labels = labels(lines[2]);
        List<Revision> revisions = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("release ")) {
                String[] words = line.split(" ", 3);
                revisions.add(Revision.of(words[2], labels.getOrDefault(words[1], Map.of())));
            }
        }
        revisions.sort(Comparator.comparing(Revision::number));
        return new ReleaseLook(revisions, Long.parseLong(at[1]), at.length > 2 ? at[2].strip() : "");
    }

    private static String status(String[] lines) {
        return lines.length < 2 ? "" : " (HTTP " + lines[1] + ")";
    }

    private static Map<String, Map<String, String>> labels(String list) {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        for (Object item : Trees.list(Trees.json(list), "items")) {
            Map<String, String> labels = new LinkedHashMap<>();
            Trees.map(item, "metadata", "labels").forEach((key, value) -> labels.put(key, String.valueOf(value)));
            all.put(Trees.word(item, "metadata", "name"), labels);
        }
        return all;
    }

    /** Empty when Helm knows of none, or only that there was one. */
    public Optional<Revision> newest() {
        return revisions.isEmpty()
                ? Optional.empty()
                : Optional.of(revisions.get(revisions.size() - 1))
                        .filter(revision -> !revision.status().equals("uninstalled"));
    }

    /** The one whose objects are in the cluster: the newest that came to its end. */
    Optional<Revision> deployed() {
        return revisions.stream()
                .filter(revision -> revision.status().equals("deployed"))
                .reduce((earlier, later) -> later);
    }
}

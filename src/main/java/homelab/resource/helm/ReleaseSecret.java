package homelab.resource.helm;

import homelab.model.Secret;
import homelab.model.SecretData;
import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Content;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Sh;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A Kubernetes Secret holds these keys; further ones are others'. Compared by a salted sum that is made on the server, so
 * that what it holds never leaves there. To be asked of a server.
 *
 * @param labels by which others find it
 */
public record ReleaseSecret(String namespace, SecretData data, Map<String, String> labels) implements Resource {
    private static final String SALT = "homelab/salt";

    private static final String SHELL = Api.GET + """
            got=$(echo "/api/v1/namespaces/$ns/secrets/$name?pretty=false" | get application/json)
            salt=$(printf '%s' "$got" | sed -n 's,.*"homelab/salt":"\\([0-9a-f]*\\)".*,\\1,p')
            data=$(printf '%s' "$got" | sed -n 's/.*"data":\\({[^}]*}\\).*/\\1/p')
            sum=$(
              { printf '%s\\n' "$salt"
                for key in $keys; do printf '%s %s\\n' "$key" "$(printf '%s' "$data" | tr '{,}' '\\n\\n\\n' | grep "^\\"$key\\":" | cut -d'"' -f4)"; done
              } | sha256sum)
            found=labelled
            for label in $labels; do printf '%s' "$got" | grep -qF "$label" || found=unlabelled; done
            echo "$(printf '%s\\n' "$got" | tail -n 1) ${sum%% *} $found $salt"
            """;

    private record Look(boolean there, String sum, boolean labelled, String salt) {}

    public ReleaseSecret {
        labels = Map.copyOf(labels);
    }

    public ReleaseSecret(String namespace, SecretData data) {
        this(namespace, data, Map.of());
    }

    @Override
    public String id() {
        return "secret " + namespace + "/" + data.name();
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    private Probe<Look> probe() {
        String keys = String.join(" ", sorted().keySet());
        String shell = "ns=" + Sh.quote(namespace) + " name=" + Sh.quote(data.name()) + " keys=" + Sh.quote(keys)
                + " labels=" + Sh.quote(labelled()) + "\n" + SHELL;
        return Probe.of(id(), shell, ReleaseSecret::parse);
    }

    /** As the API writes them, one word each. */
    private String labelled() {
        return labels.entrySet().stream()
                .map(label -> "\"" + label.getKey() + "\":\"" + label.getValue() + "\"")
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private Map<String, Secret> sorted() {
        return new TreeMap<>(data.values());
    }

    private static Look parse(Answer answer) {
        String[] words = answer.text().strip().split(" ");
        if (!answer.ok() || words.length < 3 || !(words[0].equals("200") || words[0].equals("404"))) {
            throw new IllegalStateException("the API does not tell it");
        }
        return new Look(
                words[0].equals("200"), words[1], words[2].equals("labelled"), words.length > 3 ? words[3] : "");
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(probe()), this::judged);
    }

    private Status judged(Look is) {
        if (!is.there) {
            return Status.drift(Worst.CREATE, id(), "absent", String.join(", ", sorted().keySet()));
        }
        if (!is.sum.equals(sum(is.salt))) {
            return Status.drift(Worst.CHANGE, id(), "other content", "new content");
        }
        return is.labelled
                ? Status.SAME
                : Status.drift(Worst.CHANGE, id(), "not labelled", String.join(", ", labels.keySet()));
    }

    private String sum(String salt) {
        String lines = sorted().entrySet().stream()
                .map(entry -> entry.getKey() + " " + encoded(entry.getValue()) + "\n")
                .collect(Collectors.joining());
        return Content.sha256((salt + "\n" + lines).getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(Secret secret) {
        return Base64.getEncoder().encodeToString(secret.reveal().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Deed deed() {
        Map<String, Object> values = new LinkedHashMap<>();
        sorted().forEach((key, secret) -> values.put(key, encoded(secret)));
        Map<String, Object> object = Map.of(
                "apiVersion", "v1",
                "kind", "Secret",
                "type", "Opaque",
                "metadata",
                        Map.of(
                                "name",
                                data.name(),
                                "namespace",
                                namespace,
                                "labels",
                                labels,
                                "annotations",
                                Map.of(SALT, "HOMELAB-SALT")),
                "data", values);
        String ns = Sh.quote(namespace);
        return new Deed.Shell(
                "set -eu\nsalt=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \\n')\n"
                        + "k3s kubectl get namespace " + ns + " >/dev/null 2>&1 || k3s kubectl create namespace " + ns
                        + " >&2\n"
                        + Sh.feed(
                                Trees.text(object),
                                "sed \"s/HOMELAB-SALT/$salt/\" | k3s kubectl apply --server-side --force-conflicts"
                                        + " --field-manager=homelab -f - >&2"),
                Duration.ofSeconds(60));
    }

    /** Does not show what the Secret is to hold. */
    @Override
    public String toString() {
        return "ReleaseSecret[" + namespace + "/" + data.name() + "]";
    }
}

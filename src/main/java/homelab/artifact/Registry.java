package homelab.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.json.JsonAnswer;
import homelab.model.Chart;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;

/**
 * Charts of an OCI registry that anybody may read (OCI Distribution Specification 1.1; Helm 3, Registries). A packed chart
 * is the one layer of its media type, kept under its SHA-256.
 */
final class Registry {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String PACKED = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

    private final Http http;

    Registry(Patience patience) {
        this.http = new Http(patience);
    }

    static boolean has(URI from) {
        return "oci".equals(from.getScheme());
    }

    /** The chart's address: {@code oci://HOST/PATH/NAME#VERSION}. */
    static URI address(Chart.Registry chart) {
        return URI.create("oci://" + chart.reference() + "#" + chart.version());
    }

    /**
     * The SHA-256 of the packed chart.
     *
     * @throws Failure when the registry is away, does not have it, or gives it to nobody without a login
     */
    String sha256(Chart.Registry chart) {
        URI from = address(chart);
        // A tag takes no plus sign; Helm writes an underscore for it.
        URI manifest = at(from, "manifests/" + chart.version().replace('+', '_'));
        HttpResponse<String> answer = read(manifest, token(manifest));
        if (answer.statusCode() != 200) {
            throw refused(from, answer.statusCode());
        }
        for (JsonNode layer : tree(from, answer.body()).path("layers")) {
            String digest = layer.path("digest").asText();
            if (layer.path("mediaType").asText().equals(PACKED) && digest.matches("sha256:[0-9a-f]{64}")) {
                return digest.substring("sha256:".length());
            }
        }
        throw failure(Exit.USAGE, from, "what lies there is no chart of Helm", "check chart in the inventory");
    }

    /** Where the packed chart is had, whose SHA-256 is known. */
    Source blob(URI from, String sha256) {
        URI blob = at(from, "blobs/sha256:" + sha256);
        return new Source(blob, token(at(from, "manifests/" + from.getFragment().replace('+', '_'))));
    }

    private static URI at(URI from, String what) {
        // As Docker and Helm's own tools have it: a registry on this machine needs no certificate.
        boolean here = "localhost".equals(from.getHost()) || "127.0.0.1".equals(from.getHost());
        return URI.create((here ? "http://" : "https://") + from.getAuthority() + "/v2" + from.getPath() + "/" + what);
    }

    private HttpResponse<String> read(URI uri, Optional<String> token) {
        return ask(new Source(uri, token), Map.of("Accept", MANIFEST));
    }

    private HttpResponse<String> ask(Source source, Map<String, String> headers) {
        try {
            return http.ask(source, headers);
        } catch (IOException e) {
            throw Faults.away(source.uri(), e);
        }
    }

    /** What a registry gives to anybody who asks where it says that one must ask; none where it wants none. */
    private Optional<String> token(URI manifest) {
        return read(manifest, Optional.empty())
                .headers()
                .firstValue("WWW-Authenticate")
                .flatMap(Challenge::bearer)
                .map(challenge -> ask(Source.open(challenge.tokens()), Map.of()))
                .filter(answer -> answer.statusCode() == 200)
                .map(answer -> tree(manifest, answer.body()))
                .map(tree -> tree.path("token").asText(tree.path("access_token").asText()))
                .filter(token -> !token.isEmpty())
                .map(token -> "Bearer " + token);
    }

    private static JsonNode tree(URI from, String text) {
        try {
            return JsonAnswer.tree(text);
        } catch (IllegalArgumentException e) {
            throw failure(Exit.FAILED, from, String.valueOf(e.getMessage()), "check chart in the inventory");
        }
    }

    private static Failure refused(URI from, int status) {
        return switch (status) {
            case 404 ->
                failure(
                        Exit.USAGE,
                        from,
                        "it is not there (HTTP 404)",
                        "check chart and version under addons in the inventory");
            case 401, 403 ->
                failure(
                        Exit.USAGE,
                        from,
                        "nobody gets it without a login, or there is no such chart (HTTP " + status + ")",
                        "fetch it once (helm pull) and name the file under addons: chart: charts/NAME-VERSION.tgz");
            default -> failure(Exit.FAILED, from, "HTTP " + status, "run again later");
        };
    }

    private static Failure failure(Exit exit, URI from, String why, String fix) {
        String chart = from.toString().replace('#', ':');
        return new Failure(exit, Problem.of("cannot fetch " + chart, why, fix));
    }
}

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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Charts of an OCI registry (OCI Distribution Specification 1.1; Helm 3, Registries). A packed chart is the one layer of
 * its media type, kept under its SHA-256.
 */
final class Registry {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String PACKED = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

    private final Http http;
    private final Logins logins;
    private final Pass passes;

    Registry(Patience patience, Logins logins) {
        this.http = new Http(patience);
        this.logins = logins;
        this.passes = new Pass(http, logins);
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
     * @throws Failure when the registry is away, does not have it, or does not let us have it
     */
    String sha256(Chart.Registry chart) {
        URI from = address(chart);
        HttpResponse<String> answer = open(from).manifest();
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
        return new Source(at(from, "blobs/sha256:" + sha256), open(from).pass());
    }

    /** What the registry says of the chart, and by which header it let us in; empty where it lets everybody in. */
    private record Opened(HttpResponse<String> manifest, Optional<String> pass) {}

    private Opened open(URI from) {
        // A tag takes no plus sign; Helm writes an underscore for it.
        URI manifest = at(from, "manifests/" + from.getFragment().replace('+', '_'));
        HttpResponse<String> answer = read(manifest, Optional.empty());
        List<String> challenges = answer.headers().allValues("WWW-Authenticate");
        Optional<String> pass = answer.statusCode() == 200 ? Optional.empty() : passes.header(from, challenges);
        Opened opened = new Opened(pass.isPresent() ? read(manifest, pass) : answer, pass);
        int status = opened.manifest().statusCode();
        if (status == 401 || status == 403) {
            throw turnedAway(from, status);
        }
        return opened;
    }

    private static URI at(URI from, String what) {
        String scheme = Pass.isHere(from) ? "http" : "https";
        return URI.create(scheme + "://" + from.getAuthority() + "/v2" + from.getPath() + "/" + what);
    }

    private HttpResponse<String> read(URI uri, Optional<String> pass) {
        try {
            return http.ask(new Source(uri, pass), Map.of("Accept", MANIFEST));
        } catch (IOException e) {
            throw Faults.away(uri, e);
        }
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
            default -> failure(Exit.FAILED, from, "HTTP " + status, "run again later");
        };
    }

    private Failure turnedAway(URI from, int status) {
        String host = from.getAuthority();
        return logins.of(host)
                .map(login -> Pass.notTaken(from, login, host + " answers HTTP " + status))
                .orElseGet(() -> failure(
                        Exit.USAGE,
                        from,
                        "nobody gets it without a login, or there is no such chart (HTTP " + status + ")",
                        "say who may: addons.registries." + host + ": {username: NAME, password: {file: PATH}};"
                                + " or name a file that `helm pull` fetched: chart: charts/NAME-VERSION.tgz"));
    }

    static Failure failure(Exit exit, URI from, String why, String fix) {
        String chart = from.toString().replace('#', ':');
        return new Failure(exit, Problem.of("cannot fetch " + chart, why, fix));
    }
}

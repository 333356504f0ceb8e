package homelab.resource.helm;

import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * One revision of a release as Helm keeps it, in a Secret: base64 of gzip of JSON.
 *
 * @param number counted from 1
 * @param status "deployed", "failed", "pending-upgrade" ...
 * @param description what Helm said last, the reason of a failure
 * @param since when it began, RFC 3339
 * @param labels of the Secret; ours are among them
 * @param values what the chart was told, without its defaults
 * @param items what it rendered, hooks not among it; read of the deployed one alone, since nobody compares the others
 */
public record Revision(
        int number,
        String status,
        String description,
        String since,
        String chart,
        String version,
        Map<String, String> labels,
        Map<String, Object> values,
        List<Item> items) {

    /** Ours on the Secret of a revision: the packed chart's SHA-256, as far as a label takes it. */
    static final String CHART_LABEL = "homelab/chart";

    /** Ours: which run of homelab began it. */
    static final String RUN_LABEL = "homelab/run";

    /** @param packed base64 of gzip of Helm's JSON */
    static Revision of(String packed, Map<String, String> labels) {
        Map<String, Object> json =
                Trees.json(Packed.text(Base64.getMimeDecoder().decode(packed)));
        String status = Trees.word(json, "info", "status");
        String namespace = Trees.word(json, "namespace");
        return new Revision(
                (int) Trees.number(json, 0, "version"),
                status,
                Trees.word(json, "info", "description").strip().replaceAll("\\s+", " "),
                Trees.word(json, "info", "last_deployed"),
                Trees.word(json, "chart", "metadata", "name"),
                Trees.word(json, "chart", "metadata", "version"),
                labels,
                Trees.map(json, "config"),
                status.equals("deployed") ? Manifest.read(Trees.word(json, "manifest"), namespace) : List.of());
    }

    boolean pending() {
        return status.startsWith("pending-");
    }

    /** Made by homelab, or adopted by it. */
    boolean ours() {
        return labels.containsKey(CHART_LABEL);
    }
}

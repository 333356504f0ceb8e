package homelab.resource.longhorn;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.json.JsonAnswer;
import homelab.probe.Answer;
import homelab.probe.ApiReads;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Sh;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Longhorn backs up to this address and reaches it, by its own account. The chart tells it the address once; what was changed by
 * hand since then stays until somebody says otherwise, which is here. Asked on the leader.
 *
 * @param url as the chart is told it
 * @param secret the name of the Secret that opens it; "" when none does
 */
public record BackupTarget(String namespace, String url, String secret) implements Resource {

    private record Look(boolean there, String url, String secret, boolean available, String why) {}

    private Probe<Look> probe() {
        String path = "/apis/longhorn.io/v1beta2/namespaces/" + namespace + "/backuptargets/default";
        return Probe.of("longhorn:backuptarget", ApiReads.read(path), BackupTarget::parse);
    }

    private static Look parse(Answer answer) {
        JsonNode target = JsonAnswer.tree(answer.text());
        String why = "";
        for (JsonNode condition : target.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Unavailable")) {
                why = condition.path("message").asText();
            }
        }
        return new Look(
                target.path("kind").asText().equals("BackupTarget"),
                target.path("spec").path("backupTargetURL").asText(),
                target.path("spec").path("credentialSecret").asText(),
                target.path("status").path("available").asBoolean(),
                why);
    }

    @Override
    public String id() {
        return "backup target of Longhorn";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(probe()), this::judged);
    }

    private Status judged(Look is) {
        if (!is.there()) {
            return new Status.Waits("Longhorn is installed", Worst.CHANGE);
        }
        List<Change> changes = new ArrayList<>();
        compare(changes, "address", is.url(), url);
        compare(changes, "secret", is.secret(), secret);
        if (changes.isEmpty() && !is.available()) {
            changes.add(new Change(id(), "unavailable" + (is.why().isEmpty() ? "" : ": " + is.why()), "available"));
        }
        return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, Worst.CHANGE);
    }

    private static void compare(List<Change> changes, String what, String before, String after) {
        if (!before.equals(after)) {
            changes.add(new Change(what + " of the backup target", orNone(before), orNone(after)));
        }
    }

    private static String orNone(String text) {
        return text.isEmpty() ? "none" : text;
    }

    /** Asks it to look at once, as it would only every five minutes. */
    @Override
    public Deed deed() {
        String spec = "{\"spec\":{\"backupTargetURL\":\"" + url + "\",\"credentialSecret\":\"" + secret
                + "\",\"syncRequestedAt\":\"NOW\"}}";
        return Deed.Shell.of(Probe.LIFTED + "set -eu\nspec=$(printf %s " + Sh.quote(spec)
                + " | sed \"s/NOW/$(date -u +%Y-%m-%dT%H:%M:%SZ)/\")\nk3s kubectl -n " + Sh.quote(namespace)
                + " patch backuptargets.longhorn.io default --type=merge -p \"$spec\" >&2\n");
    }

    @Override
    public Duration patience() {
        return Duration.ofMinutes(2);
    }
}

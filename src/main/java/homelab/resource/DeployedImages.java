package homelab.resource;

import homelab.probe.ApiReads;
import homelab.probe.Probe;
import java.time.Duration;
import java.util.List;

/** The images that Deployments of the cluster name. */
public final class DeployedImages {
    /** The names are kilobytes of a list that may be megabytes. */
    private static final Probe<List<String>> PROBE = new Probe<>(
            "api:deployed images",
            "(\n" + ApiReads.read("/apis/apps/v1/deployments")
                    + ") | tr -d ' \\n' | grep -o '\"image\":\"[^\"]*\"' | sort -u || :\n",
            Duration.ofSeconds(20),
            answer -> answer.text()
                    .lines()
                    .map(line -> line.replaceFirst("^\"image\":\"", "").replaceFirst("\"$", ""))
                    .filter(line -> !line.isBlank())
                    .toList());

    private DeployedImages() {}

    /** Asked on a server. */
    public static Probe<List<String>> probe() {
        return PROBE;
    }
}

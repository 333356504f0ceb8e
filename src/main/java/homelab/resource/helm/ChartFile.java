package homelab.resource.helm;

import homelab.model.Chart;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Sh;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * A packed chart lies on the server from which it is installed.
 *
 * @param from where it is had when it is not in the cache
 * @param local where the cache has it
 */
public record ChartFile(Chart chart, URI from, Path local, String sha256) implements Resource {

    static String path(Chart chart) {
        return "/var/lib/homelab/charts/" + chart.file();
    }

    @Override
    public String id() {
        return "chart " + chart.name() + " " + chart.version();
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    private Probe<String> probe() {
        String file = Sh.quote(path(chart));
        return Probe.text(
                "chart:" + path(chart), "[ ! -e " + file + " ] || { s=$(sha256sum <" + file + ") && echo ${s%% *}; }");
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(probe()), this::judged);
    }

    private Status judged(String is) {
        if (is.equals(sha256)) {
            return Status.SAME;
        }
        return is.isEmpty()
                ? Status.drift(Worst.CREATE, path(chart), "absent", "sha256 " + sha256.substring(0, 12))
                : Status.drift(
                        Worst.CHANGE,
                        path(chart),
                        "sha256 " + is.substring(0, 12),
                        "sha256 " + sha256.substring(0, 12));
    }

    @Override
    public Deed deed() {
        return new Deed.Deliver(
                new Deed.Fetch(from, local, sha256), new Deed.Upload(local, path(chart), sha256, "0644"));
    }
}

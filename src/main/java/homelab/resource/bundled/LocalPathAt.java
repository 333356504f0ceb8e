package homelab.resource.bundled;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import homelab.resource.helm.Trees;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** New volumes of local-path lie below this folder on every node; those that are there stay where they are. Asked on a server. */
public record LocalPathAt(String path) implements Resource {

    @Override
    public String id() {
        return "folder of local-path";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(BundledLook.PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(BundledLook.PROBE), look -> {
            String is = look.at(BundledLook.LOCAL_PATH_CONFIG)
                    .map(LocalPathAt::configured)
                    .orElse("absent");
            return is.equals(path) ? Status.SAME : Status.drift(Worst.WAIT, id(), is, path);
        });
    }

    private static String configured(Map<String, Object> map) {
        return Trees.list(Trees.json(Trees.word(map, "data", "config.json")), "nodePathMap").stream()
                .filter(entry -> Trees.word(entry, "node").equals("DEFAULT_PATH_FOR_NON_LISTED_NODES"))
                .flatMap(entry -> Trees.list(entry, "paths").stream())
                .map(String::valueOf)
                .findFirst()
                .orElse("absent");
    }

    @Override
    public Deed deed() {
        return new Deed.Await();
    }

    /** k3s writes it when it starts. */
    @Override
    public Duration patience() {
        return Duration.ofMinutes(2);
    }
}

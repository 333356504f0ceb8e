package homelab.resource.backup;

import homelab.backup.Copied;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Sh;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.List;

/**
 * A copy in the folder of a claim, on the claim's node. The node's program writes down that it began and that it ended.
 *
 * @param claim {@code NAMESPACE/CLAIM}, the new one
 * @param storage the folder below which local-path keeps volumes
 */
public record LaidCopy(Copied copy, String claim, String storage) implements Resource {

    @Override
    public String id() {
        return "copy " + copy.id() + " in " + claim;
    }

    private Probe<String> probe() {
        String folders = Sh.quote(storage) + "/pvc-*_" + claim.replace('/', '_');
        return Probe.text("backup:laid", """
                for each in %s; do
                  [ ! -f %s/laid/"$(basename "$each")" ] || cat %2$s/laid/"$(basename "$each")"
                done
                """.formatted(folders, BackupPaths.STATE));
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(probe()),
                laid -> laid.lines().anyMatch(copy.id()::equals)
                        ? Status.SAME
                        : Status.drift(Worst.CREATE, id(), "absent", "of " + copy.at()));
    }

    @Override
    public Deed deed() {
        return new Deed.Shell(
                BackupPaths.PROGRAM + " lay " + Sh.quote(List.of(copy.id(), copy.path(), claim)) + "\n",
                Duration.ofHours(12));
    }
}

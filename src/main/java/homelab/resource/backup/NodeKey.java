package homelab.resource.backup;

import homelab.model.NodeName;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.util.List;

/** The key by which a node brings its copies to another. It is made on the node and never leaves it. */
public record NodeKey(NodeName node) implements Resource {
    private static final String FILE = BackupPaths.STATE + "/key";

    @Override
    public String id() {
        return "key for copies";
    }

    /** The public half; empty when there is none. */
    public static Probe<String> publicHalf() {
        return Probe.text("backup:key", "[ ! -s " + FILE + " ] || cat " + FILE + ".pub");
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(publicHalf());
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(publicHalf()),
                half -> half.isBlank() ? Status.drift(Worst.CREATE, FILE, "absent", "made here") : Status.SAME);
    }

    @Override
    public Deed deed() {
        return Deed.Shell.of("""
                set -eu
                umask 077
                mkdir -p %1$s
                cd %1$s
                rm -f key.part key.part.pub
                ssh-keygen -q -t ed25519 -N '' -C '%2$s %3$s' -f key.part
                mv -f key.part.pub key.pub
                sync
                mv -f key.part key
                """.formatted(BackupPaths.STATE, BackupPaths.USER, node));
    }
}

package homelab.resource.snapshot;

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
 * A snapshot in its place on a host that has no cluster yet, and in theirs what was laid beside it: the token, which k3s
 * reads where it lies, TLS files, so that kubeconfigs and nodes go on to trust the CA, and the server's password as a node.
 */
public record LaidSnapshot(String folder, String name) implements Resource {
    private static final String SERVER = "/var/lib/rancher/k3s/server";

    private Probe<Boolean> probe() {
        return Probe.yes(
                "laid:" + name,
                "[ -s " + Sh.quote(folder + "/" + name) + " ] && [ -s " + SERVER + "/token ] && [ -s " + SERVER
                        + "/tls/server-ca.crt ]");
    }

    @Override
    public String id() {
        return "snapshot " + name;
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(probe()),
                there -> there
                        ? Status.SAME
                        : Status.drift(
                                Worst.CREATE, "snapshot, token and keys of the lost cluster", "absent", "laid down"));
    }

    /** The token last: what has it is whole. */
    @Override
    public Deed deed() {
        return new Deed.Shell(Beside.unpacked(folder, name) + """
                server=%1$s
                tar -xf "$beside/$name/server.tar" -C $server
                # Without the password that the snapshot remembers k3s would turn its own server away.
                if [ -f "$beside/$name/node-password" ] && [ ! -e /etc/rancher/node/password ]; then
                  mkdir -p /etc/rancher/node
                  cp "$beside/$name/node-password" /etc/rancher/node/password
                fi
                cp "$beside/$name/token" $server/token.part
                sync
                mv $server/token.part $server/token
                sync
                """.formatted(SERVER), Duration.ofMinutes(3));
    }
}

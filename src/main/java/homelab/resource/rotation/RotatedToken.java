package homelab.resource.rotation;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.K3sConfig;
import homelab.resource.Resource;
import homelab.resource.Sh;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.List;

/**
 * A token that is no longer the one of before. k3s makes it: {@code k3s token rotate} takes one of ours by its command line
 * alone, where everybody on the host could read it (k3s, pkg/cli/cmds/token.go), and makes one without (32 hexadecimal
 * digits, which are no bootstrap token: k3s #12982). It writes it to server/token and seals the cluster's keys with it.
 *
 * @param before SHA-256 of the token of before
 */
public record RotatedToken(String before) implements Resource {
    private static final String SUM =
            "printf %s \"$(cat /var/lib/rancher/k3s/server/token)\" | sha256sum | cut -c 1-64";

    private static Probe<String> probe() {
        return Probe.text("sum of server/token", SUM);
    }

    @Override
    public String id() {
        return "cluster token";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(probe()),
                sum -> sum.strip().equals(before)
                        ? Status.drift(Worst.CHANGE, id(), "the one of now", "a new one, which k3s makes")
                        : Status.SAME);
    }

    /** With the file that k3s reads at its next start: between the two a power cut would leave a server that cannot start. */
    @Override
    public Deed deed() {
        return new Deed.Shell(
                """
                set -eu
                umask 077
                token=/var/lib/rancher/k3s/server/token note=%1$s file=%2$s
                for etc in /etc/rancher/k3s/config.yaml /etc/rancher/k3s/config.yaml.d/*.yaml; do
                  if grep -q '^token:' "$etc" 2>/dev/null; then
                    echo "$etc sets a token of its own, with which k3s could not start again" >&2; exit 1
                  fi
                done
                mkdir -p -m 755 %3$s
                cp $token $note.part; sync; mv $note.part $note; sync
                said=$(/usr/local/bin/k3s token rotate 2>&1) || { echo "$said" | tail -n 4 >&2; exit 1; }
                if cmp -s $token $note; then echo "k3s says that it changed the token, and it is the same" >&2; exit 1; fi
                if [ -e $file ]; then
                  sed 's/^K10[0-9a-f]*::[a-z]*://' $token >$file.part; sync; mv $file.part $file
                fi
                sync
                """.formatted(TokenNote.FILE, Sh.quote(K3sConfig.TOKEN), "/var/lib/homelab"), Duration.ofMinutes(2));
    }
}

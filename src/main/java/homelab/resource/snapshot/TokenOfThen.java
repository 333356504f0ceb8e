package homelab.resource.snapshot;

import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.problem.Problem;
import homelab.resource.Deed;
import homelab.resource.K3sConfig;
import homelab.resource.Resource;
import homelab.resource.Sh;
import homelab.resource.Status;
import homelab.resource.Worst;
import homelab.snapshot.SnapshotLook;
import java.time.Duration;
import java.util.List;

/**
 * The server that takes a snapshot's data has the token of that snapshot's time, without which k3s cannot open the keys in
 * it (docs.k3s.io, "k3s token"). Others get it from there.
 *
 * @param snapshot its name
 * @param sha256 of that token, as it was written down when the snapshot was taken
 */
public record TokenOfThen(String snapshot, String sha256) implements Resource {
    private static final String TOKEN = "/var/lib/rancher/k3s/server/token";

    /** @param now SHA-256 of the server's token @param kept of the one beside the snapshot, empty when there is none */
    private record Sums(String now, String kept) {}

    private String beside() {
        return SnapshotLook.BESIDE + "/" + snapshot + "/token";
    }

    private Probe<Sums> probe() {
        String shell = "for file in " + TOKEN + " " + Sh.quote(beside()) + "; do\n"
                + "  if [ -s $file ]; then printf %s \"$(cat $file)\" | sha256sum | cut -c 1-64; else echo none; fi\ndone";
        return Probe.of("tokens of " + snapshot, shell, TokenOfThen::parse);
    }

    private static Sums parse(Answer answer) {
        List<String> lines = answer.text().lines().toList();
        if (lines.size() != 2) {
            throw new IllegalStateException("the tokens could not be read");
        }
        return new Sums(lines.get(0), lines.get(1));
    }

    @Override
    public String id() {
        return "token of " + snapshot;
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(probe()), this::judged);
    }

    private Status judged(Sums sums) {
        if (sums.now().equals(sha256)) {
            return Status.SAME;
        }
        return sums.kept().equals(sha256)
                ? Status.drift(
                        Worst.REPLACE,
                        "cluster token",
                        "the one of now",
                        "the one of the snapshot's time, for all nodes")
                : new Status.Refused(Problem.of(
                        snapshot + ": the token of its time is not beside it",
                        "the cluster's token was changed since, and " + beside()
                                + (sums.kept().equals("none") ? " is not there" : " is another"),
                        "put that token there, or take a newer snapshot: homelab snapshot list"));
    }

    /** The server's own file last: what has it is whole. */
    @Override
    public Deed deed() {
        return new Deed.Shell(
                """
                set -eu
                umask 077
                case $(systemctl is-active k3s) in active|activating) echo 'k3s runs' >&2; exit 1 ;; esac
                token=%1$s file=%2$s then=%3$s
                for etc in /etc/rancher/k3s/config.yaml /etc/rancher/k3s/config.yaml.d/*.yaml; do
                  if grep -q '^token:' "$etc" 2>/dev/null; then
                    echo "$etc sets a token of its own, with which k3s cannot open the snapshot" >&2; exit 1
                  fi
                done
                if [ -e $file ]; then
                  sed 's/^K10[0-9a-f]*::[a-z]*://' $then >$file.part; sync; mv $file.part $file
                fi
                cp $then $token.part; sync; mv $token.part $token; sync
                """.formatted(TOKEN, Sh.quote(K3sConfig.TOKEN), Sh.quote(beside())), Duration.ofMinutes(1));
    }
}

package homelab.resource;

import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Readings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The k3s program, verified here and again on the host before it takes the old one's place. A running k3s goes on with
 * the old program until it is started anew.
 *
 * @param version the release, for people
 * @param local the verified file in the cache
 */
public record K3sBinary(String version, Path local, String sha256) implements Resource {
    public static final String PATH = "/usr/local/bin/k3s";

    /** @param sha256 "absent" when there is no file */
    private record Look(String sha256, String mode) {}

    /** The stamp of templates/usr/local/lib/homelab/k3s-started spares the hashing while it fits the file. */
    private static final Probe<Look> PROBE = Probe.of("k3s binary", """
            f=/usr/local/bin/k3s
            [ -e "$f" ] || { echo absent -; exit 0; }
            is=$(stat -L -c '%s %Y %i' "$f")
            known=$(head -n 1 /var/lib/homelab/k3s.sha256 2>/dev/null)
            case $known in "$is "*) set -- ${known#"$is "} ;; *) set -- $(sha256sum <"$f") ;; esac
            echo "$1 $(stat -L -c %a "$f")"
            """, K3sBinary::parse);

    private static Look parse(Answer answer) {
        String[] words = answer.text().strip().split(" ");
        if (!answer.ok() || words.length != 2) {
            throw new IllegalStateException("the program could not be read (exit code " + answer.exit() + ")");
        }
        return new Look(words[0], words[1]);
    }

    @Override
    public String id() {
        return "k3s " + version;
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(PROBE), this::judged);
    }

    private Status judged(Look is) {
        if (is.sha256.equals("absent")) {
            return Status.drift(Worst.CREATE, PATH, "absent", version);
        }
        List<Change> changes = new ArrayList<>();
        if (!is.sha256.equals(sha256)) {
            changes.add(new Change(
                    PATH, "another program (" + brief(is.sha256) + ")", version + " (" + brief(sha256) + ")"));
        }
        if (!is.mode.equals("755")) {
            changes.add(new Change(PATH + " mode", is.mode, "755"));
        }
        return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, Worst.REPLACE);
    }

    private static String brief(String sum) {
        return "sha256 " + sum.substring(0, Math.min(12, sum.length()));
    }

    @Override
    public Deed deed() {
        return new Deed.Upload(local, PATH, sha256, "0755");
    }
}

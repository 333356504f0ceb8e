package homelab.resource.reset;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A kind of things of which nothing is left on a host.
 *
 * @param id for people
 * @param probe prints a line for each that is there: what, a tab, how it is; nothing when none is
 * @param after what becomes of them
 * @param deed takes them away
 * @param kept prints what is there beside them and stays, a line each
 * @param patience how long after the deed it may take until none is seen
 */
public record Gone(String id, Probe<List<Change>> probe, Deed deed, Probe<List<String>> kept, Duration patience)
        implements Resource {

    /** A look and a script that may take as long. */
    static Gone of(String id, String look, String after, String script, Duration limit) {
        return new Gone(
                id, looking(id, look, after), new Deed.Shell("set -u\n" + script, limit), NOTHING, Duration.ZERO);
    }

    private static final Probe<List<String>> NOTHING = Probe.of("nothing that stays", ":", answer -> List.of());

    /** With what stays: lines for people. */
    public Gone keeping(String look) {
        Probe<List<String>> stays = Probe.of(
                "stays beside " + id, look, answer -> answer.text().lines().toList());
        return new Gone(id, probe, deed, stays, patience);
    }

    /** With so long until it takes effect. */
    Gone within(Duration limit) {
        return new Gone(id, probe, deed, kept, limit);
    }

    private static Probe<List<Change>> looking(String id, String look, String after) {
        BiFunction<String, String, Change> change = (what, is) -> new Change(what, is, after);
        return Probe.of("left:" + id, look, answer -> {
            if (answer.cut() || !answer.ok()) {
                throw new IllegalStateException("what is left could not be listed (exit code " + answer.exit() + ")");
            }
            return answer.text()
                    .lines()
                    .map(line -> line.split("\t", 2))
                    .map(pair -> change.apply(pair[0], pair.length > 1 ? pair[1] : "there"))
                    .toList();
        });
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe, kept);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(probe), left -> left.isEmpty() ? Status.SAME : new Status.Drift(left, Worst.DELETE));
    }

    @Override
    public List<String> kept(Readings readings) {
        return readings.of(kept).known().orElse(List.of());
    }
}

package homelab.resource.backup;

import homelab.model.NodeName;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Sh;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a node has to copy was copied by this run, all of it. The node's program writes the run's name down last.
 *
 * @param run a name that no other run has
 * @param claims what is paused now: nothing else is copied
 * @param leave what is left for when it is paused
 */
public record SavedSets(NodeName node, String run, List<String> claims, List<String> leave) implements Resource {
    /** The first copy of a large disk over a slow line. */
    private static final Duration LIMIT = Duration.ofHours(12);

    public SavedSets {
        claims = List.copyOf(claims);
        leave = List.copyOf(leave);
    }

    @Override
    public String id() {
        return "copies of " + node + (claims.isEmpty() ? "" : ": " + String.join(", ", claims));
    }

    /** The second and the name of the last run that left nothing out; empty before the first. */
    public static Probe<String> lastRun() {
        return Probe.text("backup:run", "cat " + BackupPaths.STATE + "/run 2>/dev/null || :");
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(lastRun());
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(lastRun()), last -> {
            String[] words = last.strip().split(" ");
            return words.length == 2 && words[1].equals(run)
                    ? Status.SAME
                    : Status.drift(Worst.CREATE, id(), words.length == 2 ? "of " + told(words[0]) : "none", "of now");
        });
    }

    private static String told(String second) {
        return second.matches("\\d{1,12}")
                ? Instant.ofEpochSecond(Long.parseLong(second)).toString()
                : "an unknown time";
    }

    @Override
    public Deed deed() {
        String told = "HOMELAB_LEAVE=" + Sh.quote(String.join(" ", leave)) + " HOMELAB_PAUSED="
                + Sh.quote(String.join(" ", claims)) + " ";
        return new Deed.Shell(
                told + BackupPaths.PROGRAM + " run " + Sh.quote(run) + " " + Sh.quote(claims) + " >/dev/null\n", LIMIT);
    }
}

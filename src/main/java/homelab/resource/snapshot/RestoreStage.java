package homelab.resource.snapshot;

import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.resource.Sh;
import java.util.List;

/**
 * How far a server is on the way to a snapshot. It is written down on the server itself, so that a run that was cut off is
 * gone on with, wherever from.
 *
 * @param name of the snapshot, empty when none is on its way
 * @param done what is done of it, as {@link Step}'s word
 * @param runs whether k3s runs
 */
public record RestoreStage(String name, String done, boolean runs) {
    static final String NOTE = "/var/lib/homelab/restore";

    /** In their order on any server. */
    enum Step {
        STOPPED,
        ASIDE,
        RESTORED;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /** Lines that write it down, whole or not at all. */
        String written(String snapshot) {
            return "mkdir -p -m 755 /var/lib/homelab\nprintf '%s\\n' " + Sh.quote(List.of(snapshot, word())) + " >"
                    + NOTE + ".part\nsync\nmv " + NOTE + ".part " + NOTE + "\nsync\n";
        }
    }

    public static final Probe<RestoreStage> PROBE =
            Probe.of("restore", "systemctl is-active k3s; cat " + NOTE + " 2>/dev/null || :", RestoreStage::parse);

    private static RestoreStage parse(Answer answer) {
        List<String> lines = answer.text().lines().toList();
        if (lines.isEmpty()) {
            throw new IllegalStateException("systemctl does not answer");
        }
        String active = lines.get(0);
        return new RestoreStage(
                lines.size() > 1 ? lines.get(1) : "",
                lines.size() > 2 ? lines.get(2) : "",
                !active.equals("inactive") && !active.equals("failed") && !active.equals("unknown"));
    }

    boolean is(String snapshot, Step step) {
        return name.equals(snapshot) && done.equals(step.word());
    }
}

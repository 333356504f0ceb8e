package homelab.resource.rotation;

import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.K3sTrouble;
import homelab.resource.Resource;
import homelab.resource.Sh;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * k3s was started again for a reason. Which start it was that is not to be the last, the host writes down itself: systemd
 * gives each a name of its own (systemd.exec, INVOCATION_ID), which needs no clock to tell one from another.
 *
 * @param unit "k3s" or "k3s-agent"
 * @param why one word; another reason is another restart
 * @param stopped lines of sh to be run while k3s is stopped for it; none for most
 */
public record Restarted(String unit, String why, String stopped) implements Resource {
    static final String NOTE = "/var/lib/homelab/restart";

    /** For what k3s is started again here, or was last, by a run that did not get to its end; empty where there is none. */
    public static final Probe<String> WHY = Probe.of(
            "why restarted",
            "sed -n 1p " + NOTE + " 2>/dev/null || :",
            answer -> answer.text().strip());

    /** With nothing to be done in between. */
    public static Restarted plainly(String unit, String why) {
        return new Restarted(unit, why, "");
    }

    /** @param done whether what was to be done between is done */
    private record Look(String active, String start, String why, String before, boolean done) {}

    private Probe<Look> probe() {
        return Probe.of(
                "restarted:" + unit,
                "systemctl show -p ActiveState --value " + unit + "; systemctl show -p InvocationID --value " + unit
                        + "; cat " + NOTE + " 2>/dev/null || :",
                Restarted::parse);
    }

    private static Look parse(Answer answer) {
        List<String> lines = answer.text().lines().map(String::strip).toList();
        if (lines.size() < 2 || lines.get(0).isEmpty()) {
            throw new IllegalStateException("systemctl does not answer");
        }
        return new Look(
                lines.get(0),
                lines.get(1),
                lines.size() > 2 ? lines.get(2) : "",
                lines.size() > 3 ? lines.get(3) : "",
                lines.size() > 4);
    }

    @Override
    public String id() {
        return "service " + unit;
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(probe()), this::judged);
    }

    private Status judged(Look is) {
        boolean again = is.why.equals(why)
                && !is.start.isEmpty()
                && !is.start.equals(is.before)
                && (stopped.isEmpty() || is.done);
        if (!again) {
            return Status.drift(Worst.RESTART, id(), is.active, "started again");
        }
        return is.active.equals("active") ? Status.SAME : Status.drift(Worst.START, id(), is.active, "active");
    }

    /** Does not wait: with an endless start-up time-out of its own, {@code systemctl start} can block for ever. */
    @Override
    public Deed deed() {
        String between = stopped.isEmpty()
                ? ""
                : "if [ -z \"$(sed -n 3p $note)\" ]; then\nsystemctl stop " + unit + "\n" + stopped
                        + "echo done >>$note; sync\nfi\n";
        return new Deed.Shell(
                """
                set -eu
                note=%1$s
                start=$(systemctl show -p InvocationID --value %2$s)
                if [ "$(sed -n 1p $note 2>/dev/null)" != %3$s ]; then
                  mkdir -p -m 755 %4$s
                  printf '%%s\\n' %3$s "$start" >$note.part; sync; mv $note.part $note; sync
                fi
                %5$sif [ -n "$start" ] && [ "$start" != "$(sed -n 2p $note)" ]; then
                  case $(systemctl is-active %2$s) in active|activating) exit 0 ;; esac
                fi
                systemctl reset-failed -q %2$s 2>/dev/null || :
                systemctl restart --no-block %2$s
                """.formatted(NOTE, unit, Sh.quote(why), "/var/lib/homelab", between), Duration.ofMinutes(3));
    }

    @Override
    public Duration patience() {
        return Duration.ofMinutes(8);
    }

    @Override
    public List<Probe<Optional<String>>> vain() {
        return List.of(K3sTrouble.vain(unit));
    }

    @Override
    public Optional<Probe<String>> diagnosis() {
        return Optional.of(K3sTrouble.probe(unit));
    }
}

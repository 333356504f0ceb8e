package homelab.doctor.host;

import homelab.doctor.Finding;
import homelab.doctor.HostCheck;
import homelab.doctor.House;
import homelab.facts.Sections;
import homelab.model.Node;
import homelab.probe.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** HOST-012: the host was shut down properly the last time, and its journal outlives a power cut. */
final class Journal implements HostCheck<Sections> {
    private static final Duration WEEK = Duration.ofDays(7);

    /** Of the start before only this is told: when its last line was written, and whether that was of a shutdown. */
    private static final Probe<Sections> PROBE = Sections.probe("doctor:journal", Duration.ofSeconds(15), """
            section kept
            command -v journalctl >/dev/null || { echo none; exit 0; }
            for d in /var/log/journal/*/; do if [ -e "$d" ]; then echo disk; break; fi; done
            for d in /run/log/journal/*/; do if [ -e "$d" ]; then echo memory; break; fi; done
            section before
            journalctl -q --no-pager -o short-unix -b -1 -n 100 2>/dev/null | awk '
              / systemd-shutdow[n]*\\[| systemd\\[1\\]: Reached target.*(Reboot|Power.?Off|Halt|Shut ?[Dd]own|Final Step)|PID 1 \\(systemd-shutdow/ { clean = 1 }
              $1 + 0 > 0 { last = $1 }
              END { if (last) print (clean ? "clean" : "unclean") " " last }'
            :
            """);

    @Override
    public String id() {
        return "HOST-012";
    }

    @Override
    public Probe<Sections> probe(Node node) {
        return PROBE;
    }

    @Override
    public List<String> mendedBy() {
        return List.of("file /etc/systemd/journald.conf.d/10-homelab.conf");
    }

    @Override
    public Finding judge(House house, Node node, Sections seen) {
        String name = node.name().text();
        if (!seen.lines("kept").contains("disk")) {
            return warn(name, "its journal is lost when the power fails")
                    .by(
                            seen.lines("kept").contains("memory")
                                    ? "the journal is in /run/log/journal"
                                    : "there is no journal")
                    .fix("homelab bootstrap --only host --node " + name);
        }
        String before = seen.text("before");
        Optional<Instant> end = Words.instant(before.substring(before.indexOf(' ') + 1));
        if (end.isEmpty()) {
            return pass(name, "its journal is kept; of the start before it holds nothing");
        }
        boolean lately = Duration.between(end.get(), house.now()).compareTo(WEEK) <= 0;
        return before.startsWith("unclean") && lately
                ? warn(name, "was not shut down the last time: its power failed, or it hung")
                        .by("the journal of the start before ends at " + end.get() + " without a shutdown")
                        .since(end.get())
                        .concluded()
                        .fix("homelab doctor --group CRI,STO: what a power cut leaves behind")
                : pass(name, "its journal is kept, and it was shut down properly");
    }
}

package homelab.doctor.etcd;

import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.snapshot.Drill;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** ETCD-006: what was tried of snapshots by restoring one gave a cluster back. */
final class Drilled implements EtcdCheck<Drilled.Seen> {
    private static final String DRILL = "homelab snapshot drill --node ";

    private static final Probe<Seen> PROBE = Probe.of("doctor:drill", """
            cat /var/lib/homelab/drilled 2>/dev/null
            timer=/etc/systemd/system/homelab-drill.timer
            if [ -e $timer ]; then echo "timer $(stat -c %Y $timer) $(sed -n 's/^OnCalendar=//p' $timer)"; fi
            """, Seen::parse);

    /**
     * What one server wrote down.
     *
     * @param every how often its timer drills; empty without one
     * @param since when that timer was installed
     */
    record Seen(Optional<Drill> last, Optional<Duration> every, Instant since) {

        static Seen parse(Answer answer) {
            String[] timer = answer.text()
                    .lines()
                    .filter(line -> line.matches("timer \\d{1,12} [a-z]+"))
                    .findFirst()
                    .orElse("timer 0 never")
                    .split(" ");
            Optional<Duration> every = switch (timer[2]) {
                case "daily" -> Optional.of(Duration.ofDays(1));
                case "weekly" -> Optional.of(Duration.ofDays(7));
                case "monthly" -> Optional.of(Duration.ofDays(31));
                default -> Optional.empty();
            };
            return new Seen(Drill.parse(answer.text()), every, Instant.ofEpochSecond(Long.parseLong(timer[1])));
        }

        /** Two rounds of the timer have passed without one. */
        boolean isLate(Instant now) {
            Instant from = last.map(Drill::at).filter(since::isBefore).orElse(since);
            return every.filter(span -> Duration.between(from, now).compareTo(span.multipliedBy(2)) > 0)
                    .isPresent();
        }
    }

    @Override
    public String id() {
        return "ETCD-006";
    }

    @Override
    public Probe<Seen> probe(Cluster cluster) {
        return PROBE;
    }

    @Override
    public Finding judge(House house, Node server, Seen seen) {
        String name = server.name().text();
        if (seen.last().isEmpty() && seen.every().isEmpty()) {
            return absent(name, "no snapshot was restored on trial here");
        }
        if (seen.last().isEmpty() || seen.isLate(house.now())) {
            return seen.isLate(house.now())
                    ? warn(name, "the timer of drills drills no more")
                            .since(seen.last().map(Drill::at).orElse(seen.since()))
                            .fix("systemctl status homelab-drill.timer homelab-drill.service on " + name)
                    : pass(name, "the timer's first drill is not due yet");
        }
        Drill last = seen.last().get();
        return switch (last.result()) {
            case PASS ->
                pass(name, "a snapshot was restored on trial, and read").by(told(last));
            case FAIL ->
                fail(name, "a snapshot that was restored on trial gave no cluster back")
                        .by(told(last))
                        .since(last.at())
                        .fix("homelab snapshot save, then " + DRILL + name);
            case SKIPPED ->
                warn(name, "no snapshot could be restored on trial")
                        .by(told(last))
                        .since(last.at())
                        .fix(DRILL + "NODE, where there is more room");
        };
    }

    private static List<String> told(Drill drill) {
        List<String> told = new ArrayList<>();
        told.add(drill.at() + ": " + drill.snapshot() + ", " + drill.took().toSeconds() + " s");
        if (!drill.why().isEmpty()) {
            told.add(drill.why());
        }
        drill.counted().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> told.add(entry.getKey() + ": " + entry.getValue()));
        return told;
    }
}

package homelab.doctor.k3s;

import homelab.doctor.Finding;
import homelab.doctor.HostCheck;
import homelab.doctor.House;
import homelab.doctor.Logged;
import homelab.model.Node;
import homelab.probe.Answer;
import homelab.probe.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** K3S-009: k3s stays up: systemd did not have to start it again and again. */
final class Restarts implements HostCheck<Restarts.Times> {
    private static final int WARN_IN_A_DAY = 3;
    private static final int FAIL_IN_A_WHILE = 5;
    private static final Duration WHILE = Duration.ofMinutes(20);

    /** When systemd started it again, the oldest first. */
    record Times(List<Instant> all) implements Logged<Times> {
        @Override
        public Times since(Instant from) {
            return new Times(all.stream().filter(time -> !time.isBefore(from)).toList());
        }
    }

    @Override
    public String id() {
        return "K3S-009";
    }

    /** By what systemd writes of the unit, not by the unit's own words: those of a day of k3s are many megabytes. */
    @Override
    public Probe<Times> probe(Node node) {
        return Probe.of("doctor:restarts", """
                command -v journalctl >/dev/null || { echo 'the journal cannot be read: there is no journalctl'; exit 1; }
                journalctl -q --no-pager --since=-24h -o short-unix -n 2000 _PID=1 UNIT=%s.service 2>/dev/null |
                  sed -n 's/^\\([0-9]*\\)\\..*Scheduled restart job.*/\\1/p'
                """.formatted(node.role().unit()), Restarts::parse);
    }

    private static Times parse(Answer answer) {
        if (!answer.ok()) {
            throw new IllegalStateException(answer.text().strip());
        }
        List<Instant> times = new ArrayList<>();
        answer.text()
                .lines()
                .filter(line -> line.matches("\\d{1,12}"))
                .forEach(line -> times.add(Instant.ofEpochSecond(Long.parseLong(line))));
        return new Times(times);
    }

    @Override
    public Finding judge(House house, Node node, Times seen) {
        List<Instant> times = seen.all();
        String name = node.name().text();
        long lately = times.stream()
                .filter(time -> time.isAfter(house.now().minus(WHILE)))
                .count();
        String told = times.size() + " restarts in a day, " + lately + " of them in the last 20 minutes";
        String fix = "journalctl -u " + node.role().unit() + " -p err -n 50 on " + name;
        if (lately >= FAIL_IN_A_WHILE) {
            return fail(name, "k3s ends and is started again, over and over")
                    .by(told)
                    .since(times.get(0))
                    .fix(fix);
        }
        return times.size() >= WARN_IN_A_DAY
                ? warn(name, "k3s ended by itself several times within a day")
                        .by(told)
                        .since(times.get(0))
                        .fix(fix)
                : pass(name, "k3s stays up").by(told);
    }
}

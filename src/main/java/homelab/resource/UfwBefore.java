package homelab.resource;

import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Readings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The firewall as it was before the last change that was confirmed; to go back to it is a change as any other. */
public record UfwBefore() implements Resource {
    private static final String FOLDER = "/var/lib/homelab/firewall/before";

    private static final String RULE = "rule ";

    private static final Probe<Map<String, List<String>>> BOTH =
            Probe.of("ufw before", """
            show() {
              echo "run $(cat $1/run 2>/dev/null)"
              sed -n 's/^DEFAULT_\\([A-Z]*\\)_POLICY=/default for \\1 /p' "$2" 2>/dev/null | tr -d '"'
              sed -n 's/^ENABLED=/at boot /p' "$3" 2>/dev/null
              sed -n 's/^### tuple ### /rule /p' "$4" "$5" 2>/dev/null
            }
            d=FOLDER
            [ -e $d/run ] || { echo none; exit 0; }
            show $d $d/ufw $d/ufw.conf $d/user.rules $d/user6.rules
            echo ===
            show /nowhere /etc/default/ufw /etc/ufw/ufw.conf /etc/ufw/user.rules /etc/ufw/user6.rules
            """.replace("FOLDER", FOLDER), UfwBefore::parse);

    private static Map<String, List<String>> parse(Answer answer) {
        if (answer.cut() || !answer.ok()) {
            throw new IllegalStateException("what is kept of before could not be read");
        }
        Map<String, List<String>> sides = new HashMap<>();
        String side = "before";
        for (String line : answer.text().lines().toList()) {
            if (line.equals("===")) {
                side = "now";
            } else if (!line.equals("none") && !line.startsWith("run ")) {
                sides.computeIfAbsent(side, key -> new ArrayList<>()).add(line);
            }
        }
        return sides;
    }

    @Override
    public String id() {
        return "firewall as before";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(BOTH);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(BOTH), UfwBefore::judged);
    }

    private static Status judged(Map<String, List<String>> sides) {
        List<String> before = sides.getOrDefault("before", List.of());
        if (before.isEmpty()) {
            return new Status.NotHere(
                    "nothing of before is kept: homelab has not changed the firewall since it can take it back");
        }
        List<String> now = sides.getOrDefault("now", List.of());
        List<Change> changes = new ArrayList<>();
        before.stream().filter(line -> !now.contains(line)).forEach(line -> changes.add(change(line, now)));
        now.stream()
                .filter(line -> line.startsWith(RULE) && !before.contains(line))
                .forEach(line -> changes.add(new Change("firewall", rule(line), "absent")));
        return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, Worst.REPLACE);
    }

    /** A rule that comes back, or a setting, which has another value now: {@code at boot yes}. */
    private static Change change(String line, List<String> now) {
        if (line.startsWith(RULE)) {
            return new Change("firewall", "absent", rule(line));
        }
        int value = line.lastIndexOf(' ') + 1;
        String is = now.stream()
                .filter(other -> other.startsWith(line.substring(0, value)))
                .map(other -> other.substring(value))
                .findFirst()
                .orElse("absent");
        return new Change("firewall " + line.substring(0, value).strip(), is, line.substring(value));
    }

    private static String rule(String line) {
        return UfwRule.parse("### tuple ### " + line.substring(RULE.length())).text();
    }

    @Override
    public Deed deed() {
        return Deed.UntilConfirmed.of("set -eu\n" + UfwReturn.SCRIPT + " undo\n", Duration.ofSeconds(90));
    }
}

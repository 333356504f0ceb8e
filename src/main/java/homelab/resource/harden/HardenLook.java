package homelab.resource.harden;

import homelab.model.HardenItem;
import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.resource.Sh;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How hardening stands on a host, all of it by one script, since a program for each file would take a Pi a second.
 *
 * @param sums SHA-256 by path, of files that are there
 * @param modes "644 root:root" by path
 * @param units "enabled active" by name
 * @param live values by name
 * @param unless why an item is not for this host, by its word
 * @param marks items whose files are written and not in effect, and traces that are there
 */
record HardenLook(
        Map<String, String> sums,
        Map<String, String> modes,
        Map<String, String> units,
        Map<String, String> live,
        Map<String, String> unless,
        Set<String> marks) {

    static Probe<HardenLook> probe(List<Measure> measures) {
        StringBuilder shell = new StringBuilder("exec 2>/dev/null\nset --\nfor f in")
                .append(words(measures.stream().flatMap(Measure::files).map(Part.Text::path)))
                .append("; do if [ -f \"$f\" ]; then set -- \"$@\" \"$f\"; fi; done\n")
                .append(
                        "if [ $# -gt 0 ]; then sha256sum \"$@\" | sed 's/^/sum /'; stat -Lc 'mode %n %a %U:%G' \"$@\"; fi\n")
                .append("systemctl show -p Id -p UnitFileState -p ActiveState")
                .append(words(measures.stream().flatMap(Measure::units).map(Part.Unit::name)))
                .append(" | sed 's/^$/unit/; s/^/u /'\n")
                .append("for f in")
                .append(words(measures.stream()
                        .flatMap(each -> Stream.concat(Stream.of(each.untold()), each.traces().stream()))))
                .append("; do if [ -e \"$f\" ]; then echo \"mark $f\"; fi; done\n");
        measures.forEach(measure -> ask(shell, measure));
        return Probe.of("hardening", shell.toString(), HardenLook::parse);
    }

    private static void ask(StringBuilder shell, Measure measure) {
        measure.live()
                .forEach(live ->
                        shell.append("echo " + Sh.quote("live " + live.name()) + "\" $(\n" + live.shell() + "\n)\"\n"));
        if (!measure.unless().isEmpty()) {
            shell.append(
                    "echo " + Sh.quote("unless " + measure.item().word()) + "\" $(\n" + measure.unless() + "\n)\"\n");
        }
    }

    private static String words(Stream<String> words) {
        StringBuilder all = new StringBuilder();
        words.distinct().forEach(word -> all.append(' ').append(Sh.quote(word)));
        return all.toString();
    }

    private static HardenLook parse(Answer answer) {
        HardenLook look = new HardenLook(
                new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashSet<>());
        Map<String, String> unit = new HashMap<>();
        answer.text().lines().forEach(line -> look.take(line, unit));
        look.unit(unit);
        return look;
    }

    private void take(String line, Map<String, String> unit) {
        String[] word = line.split(" +", 3);
        String rest = word.length > 2 ? word[2].strip() : "";
        switch (word[0]) {
            case "sum" -> sums.put(rest, word[1]);
            case "mode" -> modes.put(word[1], rest);
            case "mark" -> marks.add(word[1]);
            case "live" -> live.put(word[1], rest);
            case "unless" -> {
                if (!rest.isEmpty()) {
                    unless.put(word[1], rest);
                }
            }
            case "u" -> {
                if (word[1].equals("unit")) {
                    unit(unit);
                } else {
                    String[] pair = word[1].split("=", 2);
                    unit.put(pair[0], pair[pair.length - 1]);
                }
            }
            default -> throw new IllegalStateException("what is '" + line + "'?");
        }
    }

    private void unit(Map<String, String> unit) {
        if (unit.containsKey("Id")) {
            units.put(unit.get("Id"), unit.get("UnitFileState") + " " + unit.get("ActiveState"));
        }
        unit.clear();
    }

    Optional<String> unless(HardenItem item) {
        return Optional.ofNullable(unless.get(item.word()));
    }

    boolean enabled(Part.Unit unit) {
        return units.getOrDefault(unit.name(), "").startsWith("enabled");
    }

    boolean active(Part.Unit unit) {
        return units.getOrDefault(unit.name(), "").endsWith(" active");
    }
}

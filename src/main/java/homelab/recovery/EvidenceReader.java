package homelab.recovery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what a host told, a fact on a line; each begins with the letter of its kind. */
public final class EvidenceReader {
    private static final String HEAD = "homelab-evidence 1";

    private final Set<String> asked = new HashSet<>();
    private final Map<String, String> single = new HashMap<>();
    private final List<Sandbox> sandboxes = new ArrayList<>();
    private final List<Container> containers = new ArrayList<>();
    private final Map<String, Pod> pods = new LinkedHashMap<>();
    private final List<Conflict> conflicts = new ArrayList<>();
    private final List<Leftover> leftovers = new ArrayList<>();
    private final Map<String, Set<String>> sets = new HashMap<>();
    private final Map<String, Integer> removals = new HashMap<>();
    private final List<String> held = new ArrayList<>();

    private EvidenceReader() {}

    /** @throws IllegalStateException when the text does not go from its head to its end */
    public static Evidence read(String text) {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.get(0).equals(HEAD) || !lines.contains("end")) {
            throw new IllegalStateException("the host did not tell all that it keeps of pods");
        }
        EvidenceReader reader = new EvidenceReader();
        lines.forEach(line -> reader.line(line.split(" ", -1)));
        return reader.evidence();
    }

    /** A line of an unknown kind, or with fewer words than its kind has, says nothing. */
    private void line(String[] words) {
        if (words.length < least(words[0])) {
            return;
        }
        switch (words[0]) {
            case "ok" -> asked.add(words[1]);
            case "boot", "kubelet", "runtime" -> single.put(words[0], words[1]);
            case "s" -> sandboxes.add(sandbox(words));
            case "c" -> containers.add(new Container(words[1], words[2], words[3], words[4], words[5]));
            case "k" ->
                conflicts.add(new Conflict(
                        !words[1].equals("sandbox"), words[2], words[3], number(words[4]), number(words[5])));
            case "p" -> {
                pods.put(words[1], pod(words));
                put("ip", words[8]);
            }
            case "g" -> removals.put(words[1], (int) number(words[2]));
            case "n" -> held.add(words[2] + " in " + words[3]);
            case "x" -> leftovers.add(new Leftover.Cache(words[1], words[2], words[3]));
            case "i" -> leftovers.add(new Leftover.Address(words[1], words[2], number(words[3])));
            case "h" -> leftovers.add(new Leftover.Shim(words[1], words[2], number(words[3])));
            case "r" -> leftovers.add(new Leftover.Socket(words[1]));
            default -> put(words[0], words.length > 1 ? words[1] : "");
        }
    }

    private void put(String kind, String word) {
        sets.computeIfAbsent(kind, none -> new HashSet<>()).add(word);
    }

    private static int least(String kind) {
        return switch (kind) {
            case "p" -> 11;
            case "s" -> 9;
            case "c", "k" -> 6;
            case "n", "x", "i", "h" -> 4;
            case "g" -> 3;
            case "ok", "boot", "kubelet", "runtime", "r" -> 2;
            default -> 1;
        };
    }

    private static Sandbox sandbox(String[] words) {
        return new Sandbox(
                words[1],
                words[2],
                words[3],
                words[4],
                words[5],
                words[6].equals("ready"),
                number(words[7]),
                words[8].equals("job"));
    }

    private static Pod pod(String[] words) {
        return new Pod(
                words[1],
                words[2],
                words[3],
                words[4],
                words[5],
                words[6].equals("job"),
                number(words[7]),
                words[8],
                words[9],
                words[10].equals("ending"));
    }

    private static long number(String text) {
        return text.matches("-?\\d{1,15}") ? Long.parseLong(text) : 0;
    }

    private Set<String> set(String kind) {
        return sets.getOrDefault(kind, Set.of());
    }

    private Evidence evidence() {
        return new Evidence(
                asked,
                single.getOrDefault("boot", ""),
                number(single.getOrDefault("kubelet", "0")),
                single.getOrDefault("runtime", "off"),
                sandboxes,
                containers,
                pods,
                set("ip"),
                conflicts,
                leftovers,
                set("v"),
                set("b"),
                set("t"),
                set("y"),
                set("z"),
                removals,
                held,
                !set("f").isEmpty());
    }
}

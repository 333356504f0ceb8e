package homelab.probe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked at once: one probe, or several of a family.
 *
 * @param asked what goes to the host; its value is the answer of each member by its id
 */
record Joint(Probe<Map<String, Answer>> asked, List<Probe<?>> members) {

    /** Families of which there is one member alone gain nothing; it is asked as itself. */
    static List<Joint> of(List<Probe<?>> probes) {
        Map<String, List<Probe<?>>> together = new LinkedHashMap<>();
        for (Probe<?> probe : probes) {
            together.computeIfAbsent(key(probe), key -> new ArrayList<>()).add(probe);
        }
        return together.values().stream()
                .map(members -> members.size() == 1 ? alone(members.get(0)) : family(members))
                .toList();
    }

    private static String key(Probe<?> probe) {
        return probe.member()
                .map(member -> "family " + ProbeShell.seconds(probe) + " "
                        + member.family().name())
                .orElse("probe " + probe.id());
    }

    private static Joint alone(Probe<?> probe) {
        Probe<Map<String, Answer>> asked =
                new Probe<>(probe.id(), probe.shell(), probe.limit(), answer -> Map.of(probe.id(), answer));
        return new Joint(asked, List.of(probe));
    }

    private static Joint family(List<Probe<?>> members) {
        Family family = members.get(0).member().orElseThrow().family();
        List<String> words = members.stream().map(Joint::word).distinct().toList();
        Probe<Map<String, Answer>> asked = new Probe<>(
                family.name(),
                family.shell(words),
                members.get(0).limit(),
                answer -> byId(members, family.divide(answer, words)));
        return new Joint(asked, members);
    }

    private static String word(Probe<?> probe) {
        return probe.member().orElseThrow().word();
    }

    private static Map<String, Answer> byId(List<Probe<?>> members, Map<String, Answer> byWord) {
        Map<String, Answer> byId = new LinkedHashMap<>();
        members.forEach(probe ->
                Optional.ofNullable(byWord.get(word(probe))).ifPresent(answer -> byId.put(probe.id(), answer)));
        return byId;
    }

    /** The most that may come back of it, in bytes. */
    int cap() {
        return members.stream().mapToInt(Probe::cap).sum();
    }
}

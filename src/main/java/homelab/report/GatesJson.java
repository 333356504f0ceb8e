package homelab.report;

import homelab.gate.Course;
import homelab.gate.Gate;
import homelab.gate.Passage;
import homelab.gate.Repair;
import homelab.gate.Repairs;
import homelab.gate.Sight;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How the gates stand: {@code homelab/gates/v1}. */
public final class GatesJson {
    private GatesJson() {}

    /** @param tried what was mended or tried in this run */
    public static String of(String cluster, Course course, Repairs repairs, Set<Gate> over, List<String> tried) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("cluster", cluster);
        content.put("passes", course.passes());
        content.put(
                "gates",
                course.passages().stream()
                        .map(passage -> gate(passage, over.contains(passage.gate())))
                        .toList());
        content.put("tried", tried);
        content.put("mendable", repairs.safe().stream().map(Repair::title).toList());
        content.put("asks", repairs.asked().stream().map(Repair::title).toList());
        content.put(
                "held",
                repairs.held().stream()
                        .map(held -> Map.of("what", held.repair().title(), "why", held.why()))
                        .toList());
        return Json.document("gates/v1", content);
    }

    private static Map<String, Object> gate(Passage passage, boolean over) {
        Gate gate = passage.gate();
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("gate", gate.number());
        told.put("name", gate.title());
        told.put("state", word(passage.state()));
        told.put("gaveUp", over);
        told.put("usualSeconds", gate.usual().toSeconds());
        told.put("sights", passage.sights().stream().map(GatesJson::sight).toList());
        return told;
    }

    private static Map<String, Object> sight(Sight sight) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("state", word(sight.state()));
        told.put("subject", sight.subject());
        told.put("what", sight.what());
        told.put("fix", sight.fix());
        return told;
    }

    private static String word(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}

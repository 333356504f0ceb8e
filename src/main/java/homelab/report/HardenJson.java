package homelab.report;

import homelab.model.HardenItem;
import homelab.model.Hardening;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Items of hardening: {@code homelab/hardening/v1}. */
public final class HardenJson {
    private HardenJson() {}

    public static String of(List<HardenItem> items, Hardening wanted) {
        List<Map<String, Object>> all =
                items.stream().map(item -> one(item, wanted)).toList();
        return Json.document("hardening/v1", Map.of("bootstrap", wanted.bootstrap(), "items", all));
    }

    private static Map<String, Object> one(HardenItem item, Hardening wanted) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("item", item.word());
        told.put("wanted", wanted.wants(item));
        told.put("what", item.what());
        told.put("why", item.why());
        told.put("source", item.source());
        return told;
    }
}

package homelab.inventory;

import homelab.model.HardenItem;
import homelab.model.Hardening;
import java.util.EnumMap;
import java.util.Map;

/** {@code harden:}, either {@code false} or items that are switched on and off. */
final class HardenSection {
    private HardenSection() {}

    static Hardening read(Fields root) {
        boolean flag = root.value("harden").filter(Tree.Text.class::isInstance).isPresent();
        if (flag) {
            boolean wanted = root.one("harden", Kinds.FLAG).orElse(true);
            return new Hardening(wanted, Map.of());
        }
        Fields fields = root.section("harden", Section.HARDEN);
        Map<HardenItem, Boolean> said = new EnumMap<>(HardenItem.class);
        for (HardenItem item : HardenItem.values()) {
            if (fields.has(item.word())) {
                fields.one(item.word(), Kinds.FLAG).ifPresent(wanted -> said.put(item, wanted));
            }
        }
        return new Hardening(true, said);
    }
}

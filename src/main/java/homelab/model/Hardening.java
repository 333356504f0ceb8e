package homelab.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What of {@link HardenItem} is wanted.
 *
 * @param bootstrap whether bootstrap does it too; {@code homelab harden} does it in any case
 * @param said items of which the inventory says whether they are wanted
 */
public record Hardening(boolean bootstrap, Map<HardenItem, Boolean> said) {
    /** Of an inventory that says nothing. */
    public static final Hardening USUAL = new Hardening(true, Map.of());

    public Hardening {
        said = Map.copyOf(said);
    }

    public boolean wants(HardenItem item) {
        return said.getOrDefault(item, item.usual());
    }

    /** In the order in which they are told. */
    public List<HardenItem> wanted() {
        return Arrays.stream(HardenItem.values()).filter(this::wants).toList();
    }
}

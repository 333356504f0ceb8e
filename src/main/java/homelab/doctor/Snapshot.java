package homelab.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.model.NodeName;
import homelab.probe.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that is judged, seen at one moment: what each host answered, and what the API listed. Checks are functions of it
 * and of the inventory, and of nothing else.
 *
 * @param at our own clock when looking began; "now" for whatever is judged
 * @param hosts a node that is missing was not asked
 * @param lists by {@link Listing#name}: the objects, with the fields that a listing keeps
 */
public record Snapshot(Instant at, Map<NodeName, Seen> hosts, Map<String, Reading<List<JsonNode>>> lists) {

    public Snapshot {
        hosts = Map.copyOf(hosts);
        lists = Map.copyOf(lists);
    }
}

package homelab.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import homelab.check.HostView.PeerView;
import homelab.check.HostView.UnitView;
import homelab.model.Cidr;
import homelab.model.NodeName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One host of a snapshot as JSON. */
final class HostJson {
    private HostJson() {}

    static void write(ObjectNode into, HostView host) {
        if (host instanceof HostView.Unreachable unreachable) {
            into.putObject("unreachable").put("why", unreachable.why()).put("fix", unreachable.fix());
            return;
        }
        HostView.Reached reached = (HostView.Reached) host;
        ReadingJson.write(into.putObject("unit"), reached.unit(), HostJson::unit);
        ReadingJson.write(
                into.putObject("podSubnet"),
                reached.podSubnet(),
                (value, subnet) -> subnet.ifPresent(cidr -> value.put("cidr", cidr.toString())));
        ReadingJson.write(into.putObject("peers"), reached.peers(), HostJson::peers);
    }

    private static void unit(ObjectNode into, UnitView unit) {
        into.put("load", unit.load()).put("active", unit.active()).put("sub", unit.sub());
    }

    private static void peers(ObjectNode into, Map<NodeName, PeerView> peers) {
        new TreeMap<>(peers).forEach((name, peer) -> {
            ObjectNode one = into.putObject(name.text()).put("lan", peer.lan());
            peer.pods().ifPresent(pods -> one.put("pods", pods));
        });
    }

    static HostView read(JsonNode host) {
        JsonNode unreachable = host.path("unreachable");
        if (!unreachable.isMissingNode()) {
            return new HostView.Unreachable(ReadingJson.text(unreachable, "why"), ReadingJson.text(unreachable, "fix"));
        }
        return new HostView.Reached(
                ReadingJson.read(host.path("unit"), HostJson::unit),
                ReadingJson.read(host.path("podSubnet"), HostJson::podSubnet),
                ReadingJson.read(host.path("peers"), HostJson::peers));
    }

    private static UnitView unit(JsonNode unit) {
        return new UnitView(
                ReadingJson.text(unit, "load"), ReadingJson.text(unit, "active"), ReadingJson.text(unit, "sub"));
    }

    private static Optional<Cidr> podSubnet(JsonNode value) {
        return value.has("cidr") ? Optional.of(Cidr.parse(ReadingJson.text(value, "cidr"))) : Optional.empty();
    }

    private static Map<NodeName, PeerView> peers(JsonNode value) {
        Map<NodeName, PeerView> peers = new HashMap<>();
        value.properties().forEach(peer -> peers.put(new NodeName(peer.getKey()), peer(peer.getValue())));
        return peers;
    }

    private static PeerView peer(JsonNode value) {
        Optional<Boolean> pods =
                value.has("pods") ? Optional.of(value.path("pods").asBoolean()) : Optional.empty();
        return new PeerView(value.path("lan").asBoolean(), pods);
    }
}

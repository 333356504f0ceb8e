package homelab.doctor.k3s;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Listing;
import homelab.model.K3sVersion;
import homelab.model.Node;
import homelab.probe.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** K3S-003: the versions of k3s fit one another and the inventory, and are still cared for. */
final class Versions implements Check {
    private static final int MINORS_BEHIND = 3;

    @Override
    public String id() {
        return "K3S-003";
    }

    @Override
    public List<Listing> listings() {
        return List.of(NodesAsDeclared.NODES);
    }

    @Override
    public List<Finding> judge(House house) {
        Reading<List<JsonNode>> nodes = house.list(NodesAsDeclared.NODES);
        if (!(nodes instanceof Reading.Known<List<JsonNode>> known)) {
            return List.of(unknown("cluster", ((Reading.Unknown<List<JsonNode>>) nodes).why()));
        }
        Map<String, Optional<K3sVersion>> run = new TreeMap<>();
        known.value()
                .forEach(node -> run.put(
                        node.path("metadata").path("name").asText(),
                        version(node.path("status")
                                .path("nodeInfo")
                                .path("kubeletVersion")
                                .asText())));
        List<Finding> findings = new ArrayList<>();
        house.cluster().nodes().forEach(node -> findings.add(judge(house, node, run)));
        return findings;
    }

    private static Optional<K3sVersion> version(String text) {
        try {
            return Optional.of(K3sVersion.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Finding judge(House house, Node node, Map<String, Optional<K3sVersion>> run) {
        String name = node.name().text();
        Optional<K3sVersion> own = run.getOrDefault(name, Optional.empty());
        if (own.isEmpty()) {
            return unknown(name, "the API tells no version of k3s on it");
        }
        List<K3sVersion> servers = house.cluster().servers().stream()
                .flatMap(server -> run.getOrDefault(server.name().text(), Optional.empty()).stream())
                .toList();
        return beside(house, node, own.get(), servers);
    }

    private Finding beside(House house, Node node, K3sVersion own, List<K3sVersion> servers) {
        String name = node.name().text();
        String seen = "runs " + own + "; servers run " + servers + "; the inventory says "
                + house.cluster().k3s().version();
        String fix = "homelab upgrade --dry-run";
        if (!node.isServer() && servers.stream().anyMatch(server -> own.minor() > server.minor())) {
            return fail(name, "is newer than a server").by(seen).fix("homelab upgrade --to " + own);
        }
        if (servers.stream().anyMatch(server -> server.minor() - own.minor() > MINORS_BEHIND)) {
            return fail(name, "is more than three minor versions behind")
                    .by(seen)
                    .fix(fix);
        }
        if (servers.stream().anyMatch(server -> !server.equals(own))) {
            return warn(name, "runs another version than a server").by(seen).fix(fix);
        }
        if (!own.equals(house.cluster().k3s().version())) {
            return warn(name, "runs another version than the inventory says")
                    .by(seen)
                    .fix(fix);
        }
        return EndsOfLife.of(own.minor())
                .filter(house.now()::isAfter)
                .map(end -> warn(name, "Kubernetes 1." + own.minor() + " gets no more fixes")
                        .by(seen)
                        .since(end)
                        .fix("homelab upgrade --to a release of 1." + (own.minor() + 1)))
                .orElseGet(() -> pass(name, "its version fits").by(seen));
    }
}

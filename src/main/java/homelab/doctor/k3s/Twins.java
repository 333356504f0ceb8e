package homelab.doctor.k3s;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.facts.Facts;
import homelab.model.Node;
import homelab.probe.Reading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The part of K3S-002 that looks for hosts which cannot be told apart: a copied card, or one host under two addresses. What
 * systemd derives from the machine id is then alike too: MAC addresses of virtual devices (systemd.link(5),
 * MACAddressPolicy) and what a host calls itself to a DHCP server (systemd.network(5), ClientIdentifier).
 */
final class Twins {
    private static final String OWN_ID = "on all but one: sudo rm -f /etc/machine-id /var/lib/dbus/machine-id &&"
            + " sudo systemd-machine-id-setup && sudo reboot";
    private static final String OWN_NAME =
            "look whether each address leads to the host that is meant; then on the wrong"
                    + " one: sudo hostnamectl set-hostname NAME";

    private final Check check;

    Twins(Check check) {
        this.check = check;
    }

    List<Finding> findings(House house) {
        List<Finding> findings = new ArrayList<>();
        alike(house, Facts::machineId)
                .forEach((id, nodes) ->
                        findings.add(twins("machine id", nodes, id + " is in /etc/machine-id of each", OWN_ID)));
        alike(house, Facts::hostname)
                .forEach((name, nodes) ->
                        findings.add(twins("host name", nodes, "each calls itself " + name, OWN_NAME)));
        return findings;
    }

    private Finding twins(String what, List<Node> nodes, String seen, String fix) {
        String names = nodes.stream().map(node -> node.name().text()).collect(Collectors.joining(", "));
        return check.fail(what + " of " + names, "is the same: a copied card, or one host under two addresses")
                .by(seen)
                .fix(fix);
    }

    /** Those that share it; a host that did not tell it shares nothing. */
    private static Map<String, List<Node>> alike(House house, Function<Facts, Reading<String>> part) {
        Map<String, List<Node>> byValue = new LinkedHashMap<>();
        for (Node node : house.cluster().nodes()) {
            house.fact(node, part)
                    .known()
                    .ifPresent(value -> byValue.computeIfAbsent(value, key -> new ArrayList<>())
                            .add(node));
        }
        byValue.values().removeIf(nodes -> nodes.size() < 2);
        return byValue;
    }
}

package homelab.doctor.net;

import homelab.doctor.Finding;
import homelab.doctor.HostCheck;
import homelab.doctor.House;
import homelab.model.Access;
import homelab.model.Cidr;
import homelab.model.Ip;
import homelab.model.Node;
import homelab.probe.Probe;
import java.util.ArrayList;
import java.util.List;

/** NET-003: what is meant for the nodes alone is not open to the world. */
final class FirewallKeepsOut implements HostCheck<Ufw> {
    /** Addresses that no network has, kept for documentation (RFC 5737, RFC 3849): whoever lets them in lets all in. */
    private static final List<Ip> STRANGERS = List.of(Ip.parse("198.51.100.7"), Ip.parse("2001:db8::7"));

    @Override
    public String id() {
        return "NET-003";
    }

    @Override
    public Probe<Ufw> probe(Node node) {
        return Ufw.PROBE;
    }

    @Override
    public Finding judge(House house, Node node, Ufw ufw) {
        String name = node.name().text();
        if (!ufw.installed() || !ufw.loaded()) {
            return absent(name, "no UFW is at work (NET-001)");
        }
        List<String> inner = new ArrayList<>();
        int tunnel = house.cluster().k3s().backend().udpPort();
        if (tunnel != 0) {
            open(house, node, ufw, "udp", tunnel, inner);
        }
        List.of(2379, 2380, 10250).forEach(port -> open(house, node, ufw, "tcp", port, inner));
        List<String> outer = new ArrayList<>();
        open(house, node, ufw, "tcp", 6443, outer);
        open(house, node, ufw, "tcp", node.access() instanceof Access.Ssh ssh ? ssh.port() : 22, outer);
        return told(name, inner, outer);
    }

    private Finding told(String name, List<String> inner, List<String> outer) {
        String fix = "sudo ufw status numbered, and: sudo ufw delete NUMBER";
        if (!inner.isEmpty()) {
            inner.addAll(outer);
            return fail(name, "what is meant for the nodes alone is open to everybody")
                    .by(inner)
                    .fix(fix);
        }
        return outer.isEmpty()
                ? pass(name, "nothing of the cluster is open to strangers")
                : warn(name, "is open to everybody, and the inventory opens it to the LAN")
                        .by(outer)
                        .fix(fix);
    }

    private static void open(House house, Node node, Ufw ufw, String protocol, int port, List<String> open) {
        for (Ip stranger : STRANGERS) {
            Traffic traffic = new Traffic(protocol, port, UfwLine.single(stranger), address(node, stranger));
            Ufw.Ruling ruling = ufw.ruling(traffic);
            if (ruling.allowed() && !meant(house, port, stranger)) {
                open.add(port + "/" + protocol + (stranger.isV6() ? " by IPv6" : "") + ": " + ruling.by());
            }
        }
    }

    /** Of the other family any does: UFW's rules are for all of a host's addresses, but for the few that name one. */
    private static Ip address(Node node, Ip like) {
        return node.ip().isV6() == like.isV6() ? node.ip() : like;
    }

    /** The inventory may open it to the world, and then it is not for us to doubt. */
    private static boolean meant(House house, int port, Ip stranger) {
        List<Cidr> sources = house.cluster().network().sources();
        return sources.stream().anyMatch(source -> source.contains(stranger))
                || house.cluster().network().allow().stream()
                        .anyMatch(allow -> allow.port() == port
                                && allow.from().stream().anyMatch(from -> from.contains(stranger)));
    }
}

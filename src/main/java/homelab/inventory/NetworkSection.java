package homelab.inventory;

import homelab.model.Allow;
import homelab.model.Cidr;
import homelab.model.Ip;
import homelab.model.Network;
import homelab.problem.Place;
import java.util.List;
import java.util.Optional;

/** {@code network:} as far as it could be read. */
record NetworkSection(
        Fields fields,
        Optional<Cidr> lan,
        Optional<Cidr> pods,
        Optional<Cidr> services,
        List<Cidr> sources,
        List<Allow> allow,
        Optional<Ip> dns) {

    private static final Cidr PODS = Cidr.parse("10.42.0.0/16");
    private static final Cidr SERVICES = Cidr.parse("10.43.0.0/16");

    static NetworkSection read(Fields fields) {
        Optional<Cidr> lan = fields.one("lan", Kinds.CIDR);
        NetworkSection section = new NetworkSection(
                fields,
                lan,
                fields.one("pods", Kinds.CIDR, PODS),
                fields.one("services", Kinds.CIDR, SERVICES),
                fields.list("sources", Kinds.CIDR),
                AllowSection.read(fields, lan),
                fields.has("dns") ? fields.one("dns", Kinds.IP) : Optional.empty());
        section.check();
        return section;
    }

    private void check() {
        apart("lan", lan, "pods", pods);
        apart("lan", lan, "services", services);
        apart("pods", pods, "services", services);
        ofOneKind("pods", pods);
        ofOneKind("services", services);
        for (Cidr source : sources) {
            apart("pods", pods, "sources", Optional.of(source));
            apart("services", services, "sources", Optional.of(source));
        }
        if (dns.isPresent() && services.isPresent() && !services.get().contains(dns.get())) {
            String why = dns.get() + " is not in " + services.get() + ", the services network";
            fields.mistakes()
                    .add(fields.place("dns"), "network.dns is outside", why, "k3s itself takes the tenth address");
        }
    }

    /** k3s ends at once when nodes, pods and services do not share a version of IP (docs.k3s.io, basic network options). */
    private void ofOneKind(String key, Optional<Cidr> network) {
        if (lan.isPresent()
                && network.isPresent()
                && lan.get().base().isV6() != network.get().base().isV6()) {
            fields.mistakes()
                    .add(
                            fields.place(fields.has(key) ? key : "lan"),
                            "network." + key + " is of another version of IP than network.lan",
                            network.get() + " for " + key + " and " + lan.get()
                                    + " for nodes; k3s takes nodes, pods and services of one version",
                            "for IPv6 alone: pods: fd42::/56 and services: fd43::/112; or a network.lan of IPv4");
        }
    }

    private void apart(String one, Optional<Cidr> first, String other, Optional<Cidr> second) {
        if (first.isPresent() && second.isPresent() && first.get().overlaps(second.get())) {
            // The place is the one of the two that was written: the other may be a default.
            Place place = fields.place(fields.has(other) ? other : one);
            fields.mistakes()
                    .add(
                            place,
                            "network." + one + " and network." + other + " overlap",
                            first.get() + " and " + second.get()
                                    + " share addresses, so nodes could not tell where to send",
                            "give one of them another network, such as 10.52.0.0/16");
        }
    }

    /** To be called when no mistake was found. */
    Network network() {
        return new Network(lan.orElseThrow(), pods.orElseThrow(), services.orElseThrow(), sources, allow, dns);
    }
}

package homelab.phase;

import homelab.model.Addons;
import homelab.model.Backend;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.Role;
import homelab.plan.Finding;
import java.util.List;
import java.util.Optional;

/** Inventories that preflight's rules are tried on. */
final class PreflightHomes {
    private PreflightHomes() {}

    /** Three servers, so etcd: jarvis, vision and friday at 10.0.1.10 to .12. */
    static Cluster threeServers() {
        return Clusters.of(
                Backend.VXLAN,
                List.of(),
                Addons.NONE,
                Clusters.node("jarvis", Role.SERVER, 10, 22),
                Clusters.node("vision", Role.SERVER, 11, 22),
                Clusters.node("friday", Role.SERVER, 12, 22));
    }

    /** Two Pis of which the first is said to be of that model. */
    static Cluster hinted(String model) {
        Cluster pis = Clusters.twoPis();
        Node jarvis = pis.nodes().get(0);
        Node hinted = new Node(
                jarvis.name(),
                jarvis.role(),
                jarvis.access(),
                jarvis.ip(),
                jarvis.become(),
                jarvis.flannelIface(),
                jarvis.labels(),
                jarvis.taints(),
                Optional.of(model));
        return Clusters.of(
                Backend.VXLAN, List.of(), Addons.NONE, hinted, pis.nodes().get(1));
    }

    static String told(Finding finding) {
        return String.join(
                " | ",
                finding.problem().what(),
                finding.problem().why(),
                finding.problem().fix());
    }
}

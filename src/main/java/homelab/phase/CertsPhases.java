package homelab.phase;

import homelab.model.Node;
import homelab.model.Role;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.rotation.NoteGone;
import homelab.resource.rotation.Restarted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Certificates of k3s with new keys: each node's are taken away while its k3s is stopped, and made at the start
 * ({@code k3s certificate rotate}, docs.k3s.io). Servers first, since they sign those of the agents.
 *
 * @param nodes whose certificates are meant
 * @param why this renewal and no other, in one word
 * @param kubeconfig what brings the user's own access up to date, last of all
 */
public record CertsPhases(Set<Node> nodes, String why, Optional<KubeconfigPhase> kubeconfig) {
    private static final String ROTATE = """
            said=$(/usr/local/bin/k3s certificate rotate 2>&1) || {
              systemctl start --no-block %s; echo "$said" | tail -n 4 >&2; exit 1; }
            """;

    public CertsPhases {
        nodes = Set.copyOf(nodes);
    }

    public List<Phase> renew() {
        Function<Node, Restarted> rotated = node -> new Restarted(
                node.role().unit(), why, ROTATE.formatted(node.role().unit()));
        List<Phase> phases = new ArrayList<>(List.of(
                new Roll(Role.SERVER, nodes::contains, rotated),
                new Roll(Role.AGENT, nodes::contains, rotated),
                new VerifyPhase(),
                new OfSteps("over", this::over)));
        kubeconfig.map(Anew::new).ifPresent(phases::add);
        return phases;
    }

    private List<Step> over(Site site) {
        return site.cluster().nodes().stream()
                .filter(site::reached)
                .map(node -> new Step("over", new Target.OnHost(node.name()), NoteGone.ofRestart()))
                .toList();
    }
}

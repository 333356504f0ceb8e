package homelab.command;

import homelab.model.Hardening;
import homelab.phase.AddonPhase;
import homelab.phase.AgentPhase;
import homelab.phase.ArtifactPhase;
import homelab.phase.BundledPhase;
import homelab.phase.FirewallPhase;
import homelab.phase.FoundingPhase;
import homelab.phase.HostPhase;
import homelab.phase.K3sConfigPhase;
import homelab.phase.KubeconfigPhase;
import homelab.phase.NodePhase;
import homelab.phase.Phase;
import homelab.phase.ServerPhase;
import homelab.phase.VerifyPhase;
import homelab.phase.harden.HardenPhase;
import homelab.problem.Failure;
import java.nio.file.Path;
import java.util.List;

/** The order of work of bootstrap, and parts of it. */
final class Order {

    private Order() {}

    /**
     * @param hardening what makes the hosts outlive a bad night
     * @param kubeconfig how the phase that merges the admin access is told where
     * @param addons and that of the add-ons with what they are installed
     */
    static List<Phase> of(Hardening hardening, KubeconfigPhase kubeconfig, AddonPhase addons) {
        return List.of(
                new HostPhase(),
                HardenPhase.of(hardening),
                new FirewallPhase(),
                new ArtifactPhase(),
                new FoundingPhase(),
                new K3sConfigPhase(),
                new ServerPhase(),
                new AgentPhase(),
                new NodePhase(),
                kubeconfig,
                new VerifyPhase(),
                BundledPhase.all(),
                addons);
    }

    /** The phases of the given names, all when there are none. */
    static List<Phase> only(List<Phase> phases, List<String> names) {
        return names.isEmpty()
                ? phases
                : phases.stream().filter(phase -> names.contains(phase.name())).toList();
    }

    /** All of them, in their order. */
    static List<String> names() {
        return of(Hardening.USUAL, new KubeconfigPhase(Path.of(""), false), AddonPhase.NONE).stream()
                .map(Phase::name)
                .toList();
    }

    /** @throws Failure with exit USAGE for a name that is no phase's */
    static void refuseUnknown(List<String> names) {
        Near.refuseUnknown(names, names(), "there is no phase", "homelab plan --help names them in their order");
    }
}

package homelab.run;

import homelab.host.Host;
import homelab.host.Script;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.plan.Target;
import java.util.Optional;

/**
 * Where targets are: a host for each, with the rights that looking there takes.
 *
 * @param here this machine, looked at with the user's own rights
 * @param leader through which the cluster is looked at, once there is one
 */
public record Places(Fleet fleet, Host here, Optional<Node> leader) {

    /** Empty when nothing can be asked there now: an unreachable host, or a cluster without a leader. */
    Optional<Host> of(Target target) {
        if (target instanceof Target.OnHost onHost) {
            return Optional.ofNullable(fleet.hosts().get(onHost.node()));
        }
        if (target instanceof Target.Here) {
            return Optional.of(here);
        }
        return leader.map(Node::name)
                .flatMap(name -> Optional.ofNullable(fleet.hosts().get(name)));
    }

    Script.As rights(Target target) {
        return target instanceof Target.Here ? Script.As.USER : Script.As.ROOT;
    }

    /** Why {@link #of} is empty. */
    String absence(Target target) {
        return target instanceof Target.OnHost onHost ? unreachable(onHost.node()) : "no server answers yet";
    }

    private String unreachable(NodeName node) {
        var failure = fleet.unreachable().get(node);
        return failure == null ? "not connected" : failure.problems().get(0).why();
    }
}

package homelab.phase;

import homelab.model.NodeName;
import homelab.model.Role;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.HeardAnew;
import homelab.resource.NodeCondition;
import homelab.resource.PodsAnew;
import homelab.resource.Resource;
import homelab.resource.rotation.NoteGone;
import homelab.resource.rotation.Restarted;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whoever watches the API begins anew, since etcd went back to a smaller revision: a watch that lived on waits for changes
 * after one that is yet to come. First the agents' k3s, all together, for their pods go on meanwhile: a deaf kubelet starts
 * no pod that it is given, and a deaf kube-proxy leaves Services where they were. Then the pods that watch.
 *
 * @param server which went back; the k3s of all other servers was started since
 * @param why of this going back and no other, in one word
 */
record WatchesAnew(NodeName server, String why) {

    List<Phase> phases() {
        return List.of(
                new Anew(new OfSteps("agents", this::agents)),
                new OfSteps("watchers", site -> List.of(on("watchers", server, new PodsAnew(server)))));
    }

    private List<Step> agents(Site site) {
        String unit = Role.AGENT.unit();
        List<Step> steps = new ArrayList<>();
        agentsReached(site).forEach(agent -> {
            steps.add(on("agents", agent, new HeardAnew(Restarted.plainly(unit, why), agent, unit)));
            steps.add(new Step("agents", new Target.OnCluster(), NodeCondition.ready(agent)));
        });
        return steps;
    }

    /** To be last. */
    Phase over() {
        return new OfSteps(
                "over",
                site -> agentsReached(site)
                        .map(agent -> on("over", agent, NoteGone.ofRestart()))
                        .toList());
    }

    private static Stream<NodeName> agentsReached(Site site) {
        return site.cluster().agents().stream().filter(site::reached).map(agent -> agent.name());
    }

    private static Step on(String phase, NodeName node, Resource resource) {
        return new Step(phase, new Target.OnHost(node), resource);
    }
}

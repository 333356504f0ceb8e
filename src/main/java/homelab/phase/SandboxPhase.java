package homelab.phase;

import homelab.model.Node;
import homelab.model.NodeName;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.recovery.Judgement;
import homelab.recovery.Judgement.OfContainer;
import homelab.recovery.Judgement.OfSandbox;
import homelab.recovery.Wish;
import homelab.resource.sandbox.DeadSandboxes;
import homelab.resource.sandbox.PodsStart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What dead pods left on nodes, taken away, and then the pods that it barred.
 *
 * @param judged what was decided of each node that was seen
 */
public record SandboxPhase(Map<NodeName, List<Judgement>> judged, Wish wish) implements Phase {

    @Override
    public String name() {
        return "sandboxes";
    }

    @Override
    public List<Step> steps(Site site) {
        List<Step> steps = new ArrayList<>();
        site.cluster().nodes().stream().map(Node::name).forEach(node -> {
            List<Judgement> deeds = judged.getOrDefault(node, List.of()).stream()
                    .filter(Judgement::acts)
                    .toList();
            if (!deeds.isEmpty()) {
                Target target = new Target.OnHost(node);
                Set<String> keys = deeds.stream().map(Judgement::key).collect(Collectors.toSet());
                steps.add(new Step(name(), target, new DeadSandboxes(keys, wish)));
                Set<String> pods = pods(deeds);
                if (!pods.isEmpty()) {
                    steps.add(new Step(name(), target, new PodsStart(pods)));
                }
            }
        });
        return steps;
    }

    private static Set<String> pods(List<Judgement> deeds) {
        return deeds.stream()
                .map(deed -> deed instanceof OfSandbox of
                        ? of.sandbox().uid()
                        : deed instanceof OfContainer of ? of.uid() : null)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }
}

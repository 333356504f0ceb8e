package homelab.phase;

import homelab.plan.Step;
import java.util.ArrayList;
import java.util.List;

/** All that k3s is configured by. The token of nodes that join comes later, since the first server may make it. */
public record K3sConfigPhase() implements Phase {

    @Override
    public String name() {
        return "config";
    }

    @Override
    public List<Step> steps(Site site) {
        List<Step> steps = new ArrayList<>();
        for (K3sNode node : K3sNode.all(site, site.cluster().nodes())) {
            node.unitFiles().forEach(file -> steps.add(node.step(name(), file)));
            steps.add(node.step(name(), node.configFile()));
            if (node.founds() && node.hasTokenFile()) {
                steps.add(node.step(name(), node.tokenFile()));
            }
        }
        return steps;
    }
}

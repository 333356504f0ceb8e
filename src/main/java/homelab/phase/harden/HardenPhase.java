package homelab.phase.harden;

import homelab.model.HardenItem;
import homelab.model.Hardening;
import homelab.model.Node;
import homelab.phase.Phase;
import homelab.phase.Site;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.Resource;
import homelab.resource.harden.Hardened;
import homelab.resource.harden.Measure;
import homelab.resource.harden.Unhardened;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What makes nodes outlive a bad night, done or undone.
 *
 * @param items these
 */
public record HardenPhase(List<HardenItem> items, boolean undo) implements Phase {

    public HardenPhase {
        items = List.copyOf(items);
    }

    /** What bootstrap does; nothing when the inventory does not want it. */
    public static HardenPhase of(Hardening wanted) {
        return new HardenPhase(wanted.bootstrap() ? wanted.wanted() : List.of(), false);
    }

    @Override
    public String name() {
        return "harden";
    }

    @Override
    public List<Step> steps(Site site) {
        return items.isEmpty()
                ? List.of()
                : site.cluster().nodes().stream()
                        .flatMap(node -> steps(site, node))
                        .toList();
    }

    private Stream<Step> steps(Site site, Node node) {
        Function<List<Measure>, List<Resource>> all = undo ? Unhardened::all : Hardened::all;
        return all.apply(Measures.of(site.cluster(), node, items)).stream()
                .map(resource -> new Step(name(), new Target.OnHost(node.name()), resource));
    }
}

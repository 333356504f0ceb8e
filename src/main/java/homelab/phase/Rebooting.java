package homelab.phase;

import homelab.drain.RebootMark;
import homelab.model.Node;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One node of those that are rebooted, as it stands when the run begins.
 *
 * @param mark what stands on its Node, or will
 * @param drained whether its pods leave before
 * @param booted whether a run that broke off has rebooted it: it is only put back into service
 * @param sick DaemonSets whose pod there does not do its work anyway
 */
public record Rebooting(Node node, RebootMark mark, boolean drained, boolean booted, Set<String> sick) {

    public Rebooting {
        sick = Set.copyOf(sick);
    }

    static String names(List<Rebooting> nodes) {
        return nodes.stream().map(one -> one.node().name().text()).collect(Collectors.joining(", "));
    }
}

package homelab.phase;

import homelab.facts.K3sState;
import homelab.model.K3sVersion;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.phase.release.ComponentChanges;
import homelab.phase.release.ProductSupport;
import homelab.plan.Finding;
import homelab.probe.Readings;
import homelab.resource.DeployedImages;
import homelab.resource.DeprecatedApis;
import homelab.resource.NodeList;
import homelab.resource.NodeView;
import homelab.storage.Storage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What speaks against another release of k3s as things stand, and what it will cost. Whether the release may follow on the
 * one that runs is {@link VersionSkew}'s to tell.
 *
 * @param etcd whether the cluster's memory is in etcd, of which there are snapshots
 */
public record UpgradeGuard(Site site, Storage storage, boolean etcd) {
    /** @param told the Nodes, the old forms of the API that are asked for, and the images of Deployments */
    public List<Finding> findings(Readings told) {
        List<Finding> findings = new ArrayList<>();
        new NodesNow(Set.of()).silent(site, told).ifPresent(findings::add);
        new NodesNow(apart(told)).finding(told).ifPresent(findings::add);
        findings.addAll(new VolumesNow(List.of(), storage).findings());
        findings.addAll(deprecated(told.of(DeprecatedApis.probe()).known().orElse(List.of())));
        findings.addAll(changes(told));
        away().ifPresent(findings::add);
        if (!etcd) {
            findings.add(Finding.warn(
                    "there will be no snapshot to go back to",
                    "k3s keeps this cluster's memory in SQLite",
                    "homelab promote " + site.cluster().servers().get(0).name()
                            + " --to-etcd moves it to etcd; or copy server/db while k3s is stopped"));
        }
        return findings;
    }

    /** What the new release does not go together with, and what it does otherwise: measured from the oldest that runs. */
    private List<Finding> changes(Readings told) {
        Optional<K3sVersion> oldest = site.cluster().nodes().stream()
                .flatMap(node -> site.k3sOf(node).flatMap(K3sState::version).stream())
                .flatMap(version -> K3sVersion.read(version).stream())
                .min(Comparator.naturalOrder());
        if (oldest.isEmpty() || oldest.get().compareTo(wanted()) >= 0) {
            return List.of();
        }
        List<Finding> changes = new ArrayList<>();
        if (oldest.get().minorsTo(wanted()) > 0) {
            List<String> images = told.of(DeployedImages.probe()).known().orElse(List.of());
            changes.addAll(new ProductSupport().findings(images, wanted()));
        }
        Set<String> without = new HashSet<>(site.cluster().k3s().disable());
        if (!etcd) {
            without.add("etcd");
        }
        changes.addAll(new ComponentChanges().findings(oldest.get(), wanted(), without));
        return changes;
    }

    private K3sVersion wanted() {
        return site.cluster().k3s().version();
    }

    /** Of a run that broke off: one whose new kubelet has not come up is what this run is for. */
    private Set<NodeName> apart(Readings told) {
        return site.cluster().nodes().stream()
                .filter(node -> isNew(node) && !runsNew(told, node))
                .map(Node::name)
                .collect(Collectors.toSet());
    }

    private boolean isNew(Node node) {
        return site.k3sOf(node).flatMap(K3sState::version).equals(Optional.of(wanted().toString()));
    }

    private boolean runsNew(Readings told, Node node) {
        return told.of(NodeList.PROBE)
                .known()
                .flatMap(list -> list.node(node.name()))
                .map(NodeView::version)
                .equals(Optional.of(wanted().toString()));
    }

    private List<Finding> deprecated(List<DeprecatedApis.Used> used) {
        return used.stream()
                .map(one -> one.goneIn(wanted().minor())
                        ? Finding.warn(
                                one.api() + ": somebody asks for it, and " + wanted() + " no longer has it",
                                "Kubernetes " + one.removed() + " has removed it",
                                "find who: kubectl get --raw /metrics names it, an audit log names whom; what is stored stays")
                        : Finding.note(
                                one.api() + ": somebody asks for this old form of the API",
                                one.removed().isEmpty()
                                        ? "it is deprecated, and nobody has said until when it stays"
                                        : "Kubernetes " + one.removed() + " removes it",
                                "nothing yet"))
                .toList();
    }

    private Optional<Finding> away() {
        return site.cluster().servers().size() > 1
                ? Optional.empty()
                : Optional.of(Finding.warn(
                        "the API is away for about a minute",
                        "there is one server, and its k3s is started anew; pods go on meanwhile",
                        "three servers would go on without one"));
    }
}

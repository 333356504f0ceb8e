package homelab.phase;

import homelab.model.Node;
import homelab.plan.Finding;
import homelab.storage.Copy;
import homelab.storage.Risk;
import homelab.storage.Storage;
import homelab.storage.Volume;
import java.util.ArrayList;
import java.util.List;

/** What the volumes say to nodes that are to be away for a while. */
record VolumesNow(List<Node> nodes, Storage storage) {

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (Volume volume : storage.volumes()) {
            boolean here = nodes.stream()
                    .anyMatch(node -> volume.nodes().contains(node.name().text()));
            if (volume.copies().stream().anyMatch(copy -> copy.health() == Copy.Health.REBUILDING)) {
                findings.add(Finding.refuse(
                        volume.title() + ": a copy of it is being filled",
                        "to go on would break that off, and may take the copy that it is filled from",
                        "homelab storage shows when it is done"));
            } else if (here && volume.wanted() > 1 && volume.risk() == Risk.ONE_NODE) {
                findings.add(Finding.refuse(
                        volume.title() + ": its only good copy would be away",
                        volume.healthy() + " of " + volume.wanted() + " copies are good, on "
                                + String.join(", ", volume.nodes()),
                        "homelab storage and homelab doctor tell what the others lack"));
            } else if (volume.ill() && volume.wanted() > 1) {
                findings.add(Finding.warn(
                        volume.title() + ": has too few copies",
                        volume.healthy() + " of " + volume.wanted(),
                        "nobody waits for it; homelab storage tells more"));
            }
        }
        return findings;
    }
}

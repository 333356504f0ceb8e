package homelab.doctor.sto;

import homelab.doctor.ApiCheck;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import homelab.doctor.NodeTerms;
import homelab.doctor.Objects;
import java.util.ArrayList;
import java.util.List;

/** STO-007: volumes that only some nodes can mount have such a node. */
public final class Pinned implements ApiCheck {
    public static final Listing VOLUMES = new Listing(
            "persistentvolumes",
            "/api/v1/persistentvolumes",
            List.of(
                    "metadata.name",
                    "spec.nodeAffinity",
                    "spec.claimRef.namespace",
                    "spec.claimRef.name",
                    "spec.storageClassName",
                    "spec.persistentVolumeReclaimPolicy",
                    "status.phase"));

    @Override
    public String id() {
        return "STO-007";
    }

    @Override
    public List<Listing> listings() {
        return List.of(VOLUMES, Objects.NODES);
    }

    @Override
    public List<Finding> found(House house) {
        List<Item> nodes = Item.of(house, Objects.NODES);
        List<Finding> findings = new ArrayList<>();
        List<Item> pinned = Item.of(house, VOLUMES).stream()
                .filter(volume -> !NodeTerms.ofVolume(volume).terms().isEmpty())
                .toList();
        pinned.forEach(volume -> judge(volume, nodes, findings));
        return orPass(
                findings,
                pinned.isEmpty()
                        ? "no volume is bound to a node"
                        : pinned.size() + " volumes are bound to nodes, which are there");
    }

    private void judge(Item volume, List<Item> nodes, List<Finding> findings) {
        NodeTerms terms = NodeTerms.ofVolume(volume);
        List<Item> able = nodes.stream().filter(terms::admit).toList();
        boolean used = volume.is("status.phase", "Bound");
        String seen = "bound to nodes with " + terms.told();
        if (able.isEmpty()) {
            String what = "no node can mount it: the one that holds it is not in the cluster";
            findings.add((used ? fail(subject(volume), what) : warn(subject(volume), what))
                    .by(seen)
                    .fix("bring the node back under its name; if it is gone for good, restore the data into a new"
                            + " claim"));
        } else if (used && able.stream().noneMatch(Objects::isOpen)) {
            findings.add(warn(subject(volume), "the only node that can mount it takes no pods now")
                    .by(seen)
                    .fix("homelab status"));
        }
    }

    private static String subject(Item volume) {
        String claim = volume.text("spec.claimRef.name");
        return claim.isEmpty()
                ? volume.subject("PersistentVolume")
                : "Volume " + volume.text("spec.claimRef.namespace") + "/" + claim;
    }
}

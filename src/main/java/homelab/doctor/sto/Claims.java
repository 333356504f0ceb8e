package homelab.doctor.sto;

import homelab.doctor.ApiCheck;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import homelab.model.Node;
import homelab.probe.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** STO-008: claims have their volume and room in it, volumes their claim, and one StorageClass is the default. */
public final class Claims implements ApiCheck {
    private static final Duration WAITS = Duration.ofMinutes(10);
    private static final String DEFAULT = "storageclass.kubernetes.io/is-default-class";

    public static final Listing CLAIMS = new Listing(
            "persistentvolumeclaims",
            "/api/v1/persistentvolumeclaims",
            List.of(
                    "metadata.name",
                    "metadata.namespace",
                    "metadata.creationTimestamp",
                    "spec.storageClassName",
                    "spec.volumeName",
                    "status.phase"));

    @Override
    public String id() {
        return "STO-008";
    }

    @Override
    public List<Listing> listings() {
        return List.of(CLAIMS, Pinned.VOLUMES, Longhorn.CLASSES);
    }

    @Override
    public List<Probe<?>> then(House house, Node node) {
        return VolumeUse.probes(house, node);
    }

    @Override
    public List<Finding> found(House house) {
        List<Item> classes = Item.of(house, Longhorn.CLASSES);
        Map<String, Item> byName =
                classes.stream().collect(Collectors.toMap(Item::name, one -> one, (one, other) -> one));
        List<Finding> findings = new ArrayList<>();
        defaults(classes).ifPresent(findings::add);
        Item.of(house, CLAIMS).forEach(claim -> claim(house, claim, byName).ifPresent(findings::add));
        Item.of(house, Pinned.VOLUMES).forEach(volume -> volume(volume).ifPresent(findings::add));
        findings.addAll(new FullClaims(this).findings(house));
        return orPass(
                findings,
                "claims and volumes have each other, and one StorageClass is the default"
                        + (FullClaims.told(house) ? "; none is nearly full" : "; how full they are was not told"));
    }

    private Optional<Finding> defaults(List<Item> classes) {
        List<String> names = classes.stream()
                .filter(one -> "true".equals(one.map("metadata.annotations").get(DEFAULT)))
                .map(Item::name)
                .toList();
        if (names.size() == 1 || classes.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                names.isEmpty()
                        ? warn("cluster", "no StorageClass is the default: claims that name none wait for ever")
                                .by(classes.stream().map(Item::name).toList())
                                .fix(annotate(classes.get(0).name(), true))
                        : warn("cluster", names.size() + " StorageClasses are the default: the newest is taken")
                                .by(names)
                                .fix(annotate(spare(names), false)));
    }

    /** Longhorn's is kept, since its copies outlive a node. */
    private static String spare(List<String> names) {
        return names.stream()
                .filter(name -> !name.equals("longhorn"))
                .findFirst()
                .orElse(names.get(0));
    }

    private static String annotate(String name, boolean to) {
        return "kubectl annotate --overwrite storageclass " + name + " " + DEFAULT + "=" + to;
    }

    private Optional<Finding> claim(House house, Item claim, Map<String, Item> classes) {
        String subject = claim.subject("PersistentVolumeClaim");
        if (claim.is("status.phase", "Lost")) {
            return Optional.of(fail(subject, "its volume is gone")
                    .by("Lost, was bound to " + claim.text("spec.volumeName"))
                    .fix("restore the data from a backup into a new claim"));
        }
        Optional<Instant> begun = claim.time("metadata.creationTimestamp");
        boolean waits = claim.is("status.phase", "Pending")
                && begun.filter(at -> at.isBefore(house.now().minus(WAITS))).isPresent();
        Item of = classes.getOrDefault(claim.text("spec.storageClassName"), claim);
        if (!waits
                || of.is("volumeBindingMode", "WaitForFirstConsumer")
                        && claim.text("spec.volumeName").isEmpty()) {
            return Optional.empty(); // the pod that waits for it is told of by POD-005
        }
        return Optional.of(begun.map(warn(subject, "waits for a volume")::since)
                .orElseThrow()
                .by("Pending for more than " + WAITS.toMinutes() + " min, StorageClass '"
                        + claim.text("spec.storageClassName") + "'")
                .fix("kubectl -n " + claim.namespace() + " describe pvc " + claim.name()));
    }

    private Optional<Finding> volume(Item volume) {
        String phase = volume.text("status.phase");
        if (!phase.equals("Released") && !phase.equals("Failed")) {
            return Optional.empty();
        }
        String claim = volume.text("spec.claimRef.namespace") + "/" + volume.text("spec.claimRef.name");
        return Optional.of(warn(volume.subject("PersistentVolume"), "nobody claims it any more, and its data is kept")
                .by(phase + ", was claimed by " + claim + ", " + volume.text("spec.persistentVolumeReclaimPolicy"))
                .fix("look what is in it; then kubectl delete pv " + volume.name()));
    }
}

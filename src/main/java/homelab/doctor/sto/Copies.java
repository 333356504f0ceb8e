package homelab.doctor.sto;

import homelab.backup.Last;
import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import homelab.model.Backup;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Probe;
import homelab.probe.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** STO-009: what the inventory's {@code backup} names was copied lately. */
final class Copies implements Check {
    private static final Probe<String> LAST =
            Probe.text("doctor:copies", "cat /var/lib/homelab/backup/last 2>/dev/null || :");

    @Override
    public String id() {
        return "STO-009";
    }

    @Override
    public List<Probe<?>> probes(Cluster cluster, Node node) {
        return cluster.backup()
                .filter(backup -> backup.concerns(node.name()))
                .<List<Probe<?>>>map(backup -> List.of(LAST))
                .orElse(List.of());
    }

    @Override
    public List<Listing> listings() {
        return List.of(Claims.CLAIMS, Pinned.VOLUMES, Longhorn.CLASSES);
    }

    @Override
    public List<Finding> judge(House house) {
        return house.cluster()
                .backup()
                .map(backup -> judge(house, backup))
                .orElseGet(() -> List.of(absent("cluster", "the inventory says nothing of backup")));
    }

    private List<Finding> judge(House house, Backup backup) {
        List<Finding> findings = new ArrayList<>();
        for (Node node : house.cluster().nodes()) {
            if (backup.concerns(node.name())) {
                findings.addAll(judge(house, backup, node));
            }
        }
        return findings;
    }

    private List<Finding> judge(House house, Backup backup, Node node) {
        if (house.reading(node, LAST) instanceof Reading.Unknown<String> unknown) {
            return List.of(unknown(node.name().text(), unknown.why()));
        }
        List<Last> last = Last.parse(house.reading(node, LAST).known().orElseThrow());
        List<Finding> findings = new ArrayList<>();
        backup.foldersOf(node.name())
                .forEach(folder -> old(house, backup, node, last, "dir", folder.path(), Optional.empty())
                        .ifPresent(findings::add));
        if (!backup.volumes().isEmpty()) {
            findings.addAll(claims(house, backup, node, last));
        }
        return findings.isEmpty()
                ? List.of(pass(node.name().text(), "what is to be copied was copied within " + backup.days() + " days"))
                : findings;
    }

    private List<Finding> claims(House house, Backup backup, Node node, List<Last> last) {
        for (Listing listing : listings()) {
            if (house.list(listing) instanceof Reading.Unknown<?> unknown) {
                return List.of(unknown(node.name().text(), listing.name() + ": " + unknown.why()));
            }
        }
        List<String> classes = Item.of(house, Longhorn.CLASSES).stream()
                .filter(one -> one.is("provisioner", "rancher.io/local-path"))
                .map(Item::name)
                .toList();
        List<Finding> findings = new ArrayList<>();
        Item.of(house, Pinned.VOLUMES).stream()
                .filter(volume -> classes.contains(volume.text("spec.storageClassName")))
                .filter(volume -> volume.is("status.phase", "Bound") && on(volume, node))
                .forEach(volume -> claim(house, backup, node, last, volume).ifPresent(findings::add));
        return findings;
    }

    private static boolean on(Item volume, Node node) {
        return volume.items("spec.nodeAffinity.required.nodeSelectorTerms").stream()
                .flatMap(term -> term.items("matchExpressions").stream())
                .anyMatch(one -> one.words("values").contains(node.name().text()));
    }

    private Optional<Finding> claim(House house, Backup backup, Node node, List<Last> last, Item volume) {
        String namespace = volume.text("spec.claimRef.namespace");
        String name = volume.text("spec.claimRef.name");
        if (!backup.covers(namespace, name)) {
            return Optional.empty();
        }
        Optional<Instant> made = Item.of(house, Claims.CLAIMS).stream()
                .filter(claim ->
                        claim.namespace().equals(namespace) && claim.name().equals(name))
                .findFirst()
                .flatMap(claim -> claim.time("metadata.creationTimestamp"));
        return old(house, backup, node, last, "claim", namespace + "/" + name, made);
    }

    /** @param made when it came to be; a new one need not have been copied yet */
    private Optional<Finding> old(
            House house, Backup backup, Node node, List<Last> last, String kind, String name, Optional<Instant> made) {
        Instant due = house.now().minus(Duration.ofDays(backup.days()));
        Optional<Instant> at = last.stream()
                .filter(one -> one.kind().equals(kind) && one.name().equals(name))
                .map(Last::at)
                .findFirst();
        if (at.or(() -> made).filter(due::isBefore).isPresent()) {
            return Optional.empty();
        }
        String subject = kind.equals("claim") ? "PersistentVolumeClaim " + name : node.name() + " " + name;
        return Optional.of(warn(subject, at.isPresent() ? "was not copied lately" : "was never copied")
                .by("last copy " + at.map(Instant::toString).orElse("never") + ", warns after " + backup.days()
                        + " days; backup.at is " + backup.at().orElse("not set"))
                .fix("homelab backup run --node " + node.name() + "; journalctl -u homelab-backup there says why the"
                        + " last one failed"));
    }
}

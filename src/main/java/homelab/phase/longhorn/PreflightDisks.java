package homelab.phase.longhorn;

import homelab.facts.Facts;
import homelab.model.Node;
import homelab.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether the folders in which Longhorn is to keep data are fit for it; / when the inventory names none. */
final class PreflightDisks {
    private static final long GIB = 1L << 30;
    private static final long LEAST_FREE = 10 * GIB;
    private static final Set<String> SLOW = Set.of("sd-card", "emmc");

    /** Longhorn 1.11, Installation Requirements. */
    private static final Set<String> FILE_SYSTEMS = Set.of("ext4", "xfs");

    private final int leastFree;
    private final List<Problem> refusals;
    private final List<Problem> warnings;

    /** @param leastFree percent of a disk below which Longhorn puts no volume there */
    PreflightDisks(int leastFree, List<Problem> refusals, List<Problem> warnings) {
        this.leastFree = leastFree;
        this.refusals = refusals;
        this.warnings = warnings;
    }

    void judge(Node node, List<Facts.Disk> disks) {
        if (node.disks().isEmpty()) {
            at("/", disks).ifPresent(disk -> fit(node, disk));
        }
        for (String path : node.disks()) {
            at(path, disks)
                    .ifPresentOrElse(
                            disk -> {
                                mounted(node, disk, disks);
                                fit(node, disk);
                            },
                            () -> missing(node, path));
        }
    }

    private static Optional<Facts.Disk> at(String path, List<Facts.Disk> disks) {
        return disks.stream().filter(disk -> disk.path().equals(path)).findFirst();
    }

    private void missing(Node node, String path) {
        refusals.add(Problem.of(
                node.name() + ": there is no folder " + path,
                "the inventory says that Longhorn keeps data there",
                "on " + node.name() + ": mount a disk there (a line in /etc/fstab, then sudo mkdir -p " + path
                        + " && sudo mount " + path + "), or mend disks in the inventory"));
    }

    /** What is below /mnt and /media is there to be mounted (FHS 3.0, 3.11 and 3.12). */
    private void mounted(Node node, Facts.Disk disk, List<Facts.Disk> disks) {
        boolean onRoot = at("/", disks)
                .filter(root -> root.device().equals(disk.device()))
                .isPresent();
        if (onRoot && disk.path().matches("/(mnt|media)/.*")) {
            refusals.add(Problem.of(
                    node.name() + ": no disk is mounted at " + disk.path(),
                    "it is a folder of " + disk.device() + ", which / is on: the data would fill the system's disk",
                    "on " + node.name() + ": sudo mount " + disk.path()
                            + "; with nofail in /etc/fstab a disk may be away without a word"));
        }
        if (!FILE_SYSTEMS.contains(disk.type())) {
            refusals.add(Problem.of(
                    node.name() + ": Longhorn cannot keep data on " + disk.type(),
                    disk.path() + " is on " + disk.device(),
                    "ext4 or xfs: sudo mkfs.ext4 makes it, and erases what is there"));
        }
    }

    private void fit(Node node, Facts.Disk disk) {
        if (disk.freeBytes() < LEAST_FREE) {
            refusals.add(Problem.of(
                    node.name() + ": has too little room for Longhorn",
                    String.format(
                            "%.1f GiB are free at %s and 10 is the least",
                            disk.freeBytes() / (double) GIB, disk.path()),
                    "make room, or name a folder of a bigger disk: nodes." + node.name() + ".disks in the inventory;"
                            + " or leave the node out: name disks of the others alone"));
        }
        long free = disk.sizeBytes() == 0 ? 100 : disk.freeBytes() * 100 / disk.sizeBytes();
        if (free < leastFree) {
            warnings.add(Problem.of(
                    node.name() + ": Longhorn will put no volume there",
                    free + " % of " + disk.path() + " are free and " + leastFree + " must stay free",
                    "make room, or say less: defaultSettings.storageMinimalAvailablePercentage in its values"));
        }
        if (SLOW.contains(disk.medium())) {
            warnings.add(Problem.of(
                    node.name() + ": Longhorn will be slow and wear out the card",
                    disk.path() + " is on " + disk.device() + ", " + disk.medium(),
                    "an NVMe disk or USB SSD, and nodes." + node.name() + ".disks in the inventory; or leave the node"
                            + " out: name disks of the others alone"));
        }
        if (disk.medium().equals("hdd")) {
            warnings.add(Problem.of(
                    node.name() + ": Longhorn will be slow",
                    disk.path() + " is on " + disk.device() + ", a disk that turns, and every write waits for it",
                    "an SSD, or keep that disk for backups"));
        }
    }
}

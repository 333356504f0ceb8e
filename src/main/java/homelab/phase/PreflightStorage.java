package homelab.phase;

import static homelab.plan.Finding.note;
import static homelab.plan.Finding.refuse;
import static homelab.plan.Finding.warn;

import homelab.facts.Facts;
import homelab.facts.Facts.Disk;
import homelab.model.Node;
import homelab.plan.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Rules about one host's file systems: whether they take files, how many more, and what is swapped onto them. */
final class PreflightStorage {
    static final Set<String> CARDS = Set.of("sd-card", "emmc");
    private static final long FEW = 20_000;
    private static final long SCARCE = 100_000;
    private static final String SWAP_OF_PI_OS = "/var/swap";

    private PreflightStorage() {}

    static List<Finding> judge(Node node, Facts facts) {
        List<Finding> findings = new ArrayList<>();
        facts.disks().known().stream().flatMap(List::stream).forEach(disk -> {
            if (!disk.writable()) {
                findings.add(readOnly(node, disk));
            } else if (disk.path().equals("/var/lib/rancher") && disk.freeInodes() < SCARCE) {
                findings.add(inodes(node, disk));
            }
        });
        facts.swap().known().stream().flatMap(List::stream).forEach(swap -> swap(node, facts, swap, findings));
        return findings;
    }

    private static Finding readOnly(Node node, Disk disk) {
        return refuse(
                node.name() + ": " + disk.path() + " takes no files",
                "the file system on " + disk.device() + " is mounted read-only; a card that fails goes that way, and so"
                        + " does Raspberry Pi OS with its overlay switched on",
                "on " + node.name() + ": sudo dmesg | grep -i -e remount -e error; then fsck or replace the disk, or"
                        + " switch the overlay off in raspi-config");
    }

    /** Some 20 000 files is what k3s and the images of a small cluster unpack to. */
    private static Finding inodes(Node node, Disk disk) {
        String what = node.name() + ": few files more fit under " + disk.path();
        String why = disk.freeInodes() + " inodes are free on " + disk.device()
                + "; every image that is unpacked takes thousands";
        String fix = "on " + node.name() + ": sudo du --inodes -xd3 / | sort -n | tail shows who has them";
        return disk.freeInodes() < FEW ? refuse(what, why, fix) : warn(what, why, fix);
    }

    /** k3s lets its kubelet run beside swap; what harms is swap on a card. */
    private static void swap(Node node, Facts facts, String swap, List<Finding> findings) {
        if (!onCard(facts, swap)) {
            return;
        }
        String what = node.name() + ": swaps onto a card";
        findings.add(
                swap.equals(SWAP_OF_PI_OS)
                        ? note(what, swap + " is on a card", "homelab switches dphys-swapfile off and deletes its file")
                        : warn(
                                what,
                                swap + " is on a card, which wears out, and all that waits for it stands still",
                                "on " + node.name() + ": sudo swapoff " + swap
                                        + ", and take its line out of /etc/fstab"));
    }

    private static boolean onCard(Facts facts, String swap) {
        if (swap.startsWith("/dev/")) {
            return swap.startsWith("/dev/mmcblk");
        }
        return facts.disks().known().stream()
                .flatMap(List::stream)
                .anyMatch(disk -> disk.path().equals("/") && CARDS.contains(disk.medium()));
    }
}

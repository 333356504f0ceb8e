package homelab.facts;

import homelab.facts.Facts.Disk;
import homelab.probe.Probe;
import java.util.ArrayList;
import java.util.List;

/** The file systems under / and where k3s keeps its data, and what they lie on. May hang on a lost network disk. */
final class DiskProbe {
    private DiskProbe() {}

    /**
     * For each path: what df says of it, then where sysfs has the device. A device mapper (LVM, LUKS) is followed to
     * what it lies on; a partition has its queue at the whole disk. What lies on one device is asked once.
     */
    private static final String SHELL = """
            disk() {
              df -PkT "$q" 2>/dev/null || return 1
              stat -f -c 'inodes %c %d' "$q" 2>/dev/null
              [ -w "$q" ] || echo 'read-only yes'
              s=/sys/dev/block/$((d >> 8 & 0xfff)):$((d & 0xff | d >> 12 & 0xfff00))
              [ -e "$s" ] || { n=$(df -Pk "$q"); n=${n##*/dev/}; s=/sys/class/block/${n%% *}; }
              for t in "$s"/slaves/*; do [ -e "$t" ] && s=$t; done
              [ -e "$s" ] || return 0
              s=$(cd "$s" && pwd -P); echo "sysfs $s"
              [ -d "$s/queue" ] || s=${s%/*}
              printf 'rotational '; first "$s/queue/rotational" || echo
              printf 'card '; first "$s/device/type" || echo
            }
            q=/var/lib/rancher; until [ -d "$q" ]; do q=${q%/*}; q=${q:-/}; done
            set -- $(stat -L -c %d / "$q") "$q"
            section /; q=/; d=$1; at_root=$(disk); echo "$at_root"
            section /var/lib/rancher
            if [ "$1" = "$2" ]; then echo "$at_root"; else q=$3; d=$2; disk; fi
            """;

    /** @param paths folders that the inventory wants data in */
    static Probe<Sections> of(List<String> paths) {
        StringBuilder shell = new StringBuilder(SHELL);
        paths.forEach(path -> shell.append("section ")
                .append(path)
                .append("; q=")
                .append(path)
                .append("; [ ! -d \"$q\" ] || { d=$(stat -L -c %d \"$q\"); disk; }\n"));
        return Sections.probe("facts:disks", FactProbes.LIMIT, shell + ":\n");
    }

    /** A path of the inventory's that is no folder on the host is left out. */
    static List<Disk> disks(Sections said, List<String> paths) {
        List<Disk> disks = new ArrayList<>(List.of(disk(said, "/"), disk(said, "/var/lib/rancher")));
        paths.stream().filter(path -> !said.text(path).isEmpty()).forEach(path -> disks.add(disk(said, path)));
        return disks;
    }

    private static Disk disk(Sections said, String path) {
        List<String> lines = new ArrayList<>(said.lines(path));
        lines.removeIf(line -> line.isBlank() || line.startsWith("Filesystem"));
        if (lines.isEmpty()) {
            throw new IllegalStateException("df said nothing of " + path);
        }
        String[] df = lines.get(0).split("\\s+");
        String medium = medium(df[1], value(lines, "sysfs"), value(lines, "rotational"), value(lines, "card"));
        return new Disk(
                path,
                df[0],
                df[1],
                medium,
                Long.parseLong(df[2]) * 1024,
                Long.parseLong(df[4]) * 1024,
                freeInodes(value(lines, "inodes")),
                value(lines, "read-only").isEmpty());
    }

    /** {@code TOTAL FREE}; file systems that make them as they need them (btrfs) say 0 of 0. */
    private static long freeInodes(String inodes) {
        return inodes.isEmpty() || inodes.startsWith("0 ")
                ? Long.MAX_VALUE
                : Long.parseLong(inodes.substring(inodes.indexOf(' ') + 1));
    }

    private static String value(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key + " "))
                .map(line -> line.substring(key.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    /** The way to the device in sysfs names the bus it hangs on. */
    static String medium(String fileSystem, String sysfs, String rotational, String card) {
        if (fileSystem.equals("overlay")) {
            return "overlay";
        }
        if (fileSystem.equals("tmpfs")) {
            return "memory";
        }
        if (sysfs.contains("/mmcblk")) {
            return card.equals("MMC") ? "emmc" : "sd-card";
        }
        if (sysfs.contains("/nvme")) {
            return "nvme";
        }
        if (sysfs.contains("/usb")) {
            return "usb";
        }
        if (sysfs.contains("/virtio") || sysfs.contains("/virtual/")) {
            return "virtual";
        }
        return switch (rotational) {
            case "0" -> "ssd";
            case "1" -> "hdd";
            default -> "unknown";
        };
    }
}

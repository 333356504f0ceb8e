package homelab.phase.harden;

import static homelab.phase.harden.Unless.any;
import static homelab.phase.harden.Unless.inCase;

import homelab.model.HardenItem;
import homelab.resource.FileWrite;
import homelab.resource.KernelArgs;
import homelab.resource.Sh;
import homelab.resource.harden.Measure;
import homelab.resource.harden.Part;
import java.util.List;

/** File systems that come back by themselves, and wear their card less. */
final class Disks {
    private static final String ADDED = "/var/lib/homelab/boot-words";
    private static final String UNIT = "homelab-noatime.service";
    private static final String UNIT_FILE = "etc/systemd/system/" + UNIT;

    /** {@code $f} is the first cmdline.txt that is there, which is the one that counts. */
    private static final String CMDLINE = "f=\nfor c in "
            + Sh.quote(KernelArgs.ofPi().files()) + "; do if [ -z \"$f\" ] && [ -f \"$c\" ]; then f=$c; fi; done\n";

    private Disks() {}

    /** The word is kept in mind, since Raspberry Pi OS has it of its own and undoing must not take that away. */
    static Measure fsck(HardenItem item) {
        String look =
                CMDLINE + "[ -z \"$f\" ] || head -n 1 \"$f\" | tr ' ' '\\n' | sed -n 's/^fsck.repair=//p' | tail -n 1";
        String add = CMDLINE + FileWrite.PUT + """
                [ -e "$f.before-homelab" ] || cp -p "$f" "$f.before-homelab"
                line=$(head -n 1 "$f" | tr -d '\\r' | sed 's/[[:space:]]*$//')
                [ -n "$line" ] || { echo "the first line of $f is empty" >&2; exit 1; }
                { printf '%s fsck.repair=yes\\n' "$line"; tail -n +2 "$f"; } | put "$f" "$(stat -Lc %a "$f")" ''
                mkdir -p /var/lib/homelab
                echo fsck.repair=yes >/var/lib/homelab/boot-words
                """;
        String remove = CMDLINE + FileWrite.PUT + """
                if [ -n "$f" ] && [ -e /var/lib/homelab/boot-words ]; then
                  sed '1s/ fsck\\.repair=yes$//; 1s/ fsck\\.repair=yes / /' "$f" | put "$f" "$(stat -Lc %a "$f")" ''
                fi
                """;
        return new Measure(
                item,
                List.of(new Part.Live("fsck.repair", look, "yes")),
                any(Unless.CONTAINER, CMDLINE + inCase("[ -z \"$f\" ]", "there is no cmdline.txt of a Raspberry Pi")),
                add,
                remove,
                List.of(ADDED));
    }

    /** By a unit and not in /etc/fstab, where a mistake keeps a machine from booting. */
    static Measure noatime(HardenItem item) {
        String options = "awk '$2 == \"/\" { o = $4 } END { exit \",\" o \",\" !~ /,noatime,/ }' /proc/mounts";
        String kind = "awk '$2 == \"/\" { k = $3 } END { exit k ~ /^(ext4|f2fs|xfs|btrfs)$/ }' /proc/mounts";
        return Measure.of(
                        item,
                        Measures.file(UNIT_FILE),
                        new Part.Unit(UNIT, true),
                        new Part.Live("noatime", "if " + options + "; then echo yes; fi", "yes"))
                .unless(any(
                        Unless.CONTAINER,
                        inCase(kind, "its root is on no disk that would wear"),
                        inCase("[ ! -e /" + UNIT_FILE + " ] && " + options, "it is mounted so already")))
                .effect("", "mount -o remount,relatime /");
    }
}

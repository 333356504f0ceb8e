package homelab.phase.harden;

import static homelab.phase.harden.Unless.any;
import static homelab.phase.harden.Unless.inCase;

import homelab.model.HardenItem;
import homelab.resource.FileWrite;
import homelab.resource.harden.Measure;
import homelab.resource.harden.Part;
import java.util.List;

/**
 * Mounts of NFS that give up, and wait for nobody at boot: soft, and mounted when touched (nfs(5); systemd.mount(5),
 * x-systemd.automount). Only /etc/fstab and /proc/mounts are read: whatever touches a mount of a dead server hangs.
 */
final class Nfs {
    /** Each line that was changed, as it was and as we made it; what somebody has changed since is theirs. */
    private static final String CHANGED = "/var/lib/homelab/fstab-nfs";

    private static final String FINE = """
            function has(o, word) { return ("," o ",") ~ ("," word "[,=]") }
            function fine(o) { return (has(o, "soft") || has(o, "softerr")) && has(o, "x-systemd.automount") }
            function nfs() { return $1 !~ /^#/ && $3 ~ /^nfs4?$/ }
            """;

    private static final String IN_FSTAB = "awk '" + FINE + """
            nfs() && !fine($4) { paths = paths " " $2 }
            END { print paths == "" ? "soft" : "hard, or waited for at boot:" paths }' /etc/fstab 2>/dev/null""";

    /** Of those that /etc/fstab has: it is the second file that awk reads. */
    private static final String MOUNTED = "awk '" + FINE + """
            FILENAME == "/proc/mounts" { if (nfs() && !has($4, "soft") && !has($4, "softerr")) hard[$2] = 1; next }
            nfs() && $2 in hard { paths = paths " " $2 }
            END { print paths == "" ? "soft" : "hard:" paths }' /proc/mounts /etc/fstab 2>/dev/null""";

    private static final String SOFTEN = "awk -v changed=\"$changed\" '" + FINE + """
            function soften(o,    all, count, i, to) {
              count = split(o, all, ",")
              for (i = 1; i <= count; i++)
                if (all[i] !~ /^(hard|defaults|bg|fg|)$/) to = to all[i] ","
              if (!has(o, "soft") && !has(o, "softerr")) to = to "soft,"
              if (!has(o, "timeo")) to = to "timeo=330,"
              if (!has(o, "retrans")) to = to "retrans=3,"
              if (!has(o, "nofail")) to = to "nofail,"
              if (!has(o, "x-systemd.mount-timeout")) to = to "x-systemd.mount-timeout=30,"
              if (!has(o, "x-systemd.idle-timeout")) to = to "x-systemd.idle-timeout=600,"
              if (!has(o, "x-systemd.automount")) to = to "x-systemd.automount,"
              return substr(to, 1, length(to) - 1)
            }
            !nfs() || fine($4) { print; next }
            {
              match($0, /^[ \\t]*[^ \\t]+[ \\t]+[^ \\t]+[ \\t]+nfs4?[ \\t]*/)
              head = substr($0, 1, RLENGTH); rest = substr($0, RLENGTH + 1)
              match(rest, /^[^ \\t]*/)
              made = head (NF < 4 ? " " : "") soften(substr(rest, 1, RLENGTH)) substr(rest, RLENGTH + 1)
              print $0 "\\n" made >> changed
              print made
            }' /etc/fstab""";

    private static final String PATHS = "changed=" + CHANGED + "\n"
            + "each() { awk '!(NR % 2) { print $2 }' \"$changed\" | sort -u; }\n"
            + "automount() { systemctl \"$1\" \"$(systemd-escape -p --suffix=automount \"$2\")\"; }\n"
            + FileWrite.PUT;

    private static final String LISTED = "listed() { awk '" + FINE + "nfs() { print $2 }' /etc/fstab; }\n"
            + "mounted_hard() {\n" + MOUNTED + "\n}\n";

    /** Of all that the table has: a mount may be hard though its line was put right, by us or by somebody. */
    private static final String APPLY = PATHS + LISTED + "mkdir -p /var/lib/homelab\nnew=$(" + SOFTEN + ")\n" + """
            printf '%s\\n' "$new" | put /etc/fstab "$(stat -Lc %a /etc/fstab)" ''
            systemctl daemon-reload
            busy=
            for path in $(listed); do
              name=$(printf %b "$path")
              case " $(mounted_hard) " in *" $path "*) hard=1 ;; *) hard=0 ;; esac
              if [ $hard = 0 ] && automount is-active "$name" >/dev/null; then continue; fi
              if grep -qF " $path nfs" /proc/mounts && ! timeout -k 5 15 umount "$name"; then
                busy="$busy $name"
              else
                automount start "$name"
              fi
            done
            [ -z "$busy" ] || {
              echo "in use, and hard until it is not:$busy. /etc/fstab is right: end what uses it and sudo umount it, or reboot" >&2
              exit 1
            }
            """;

    private static final String UNDO = PATHS + """
            if [ -s "$changed" ]; then
              for path in $(each); do automount stop "$(printf %b "$path")" || :; done
              old=$(awk 'NR == FNR { if (NR % 2) was = $0; else back[$0] = was; next }
                $0 in back { $0 = back[$0] } { print }' "$changed" /etc/fstab)
              printf '%s\\n' "$old" | put /etc/fstab "$(stat -Lc %a /etc/fstab)" ''
              systemctl daemon-reload
              for path in $(each); do timeout -k 5 15 mount "$(printf %b "$path")" >&2 || :; done
            fi
            """;

    private Nfs() {}

    static Measure of(HardenItem item) {
        String none = "! awk '" + FINE + "nfs() { found = 1 } END { exit !found }' /etc/fstab 2>/dev/null";
        String pods = "grep -q ' nfs4\\{0,1\\} ' /proc/mounts && " + none;
        return new Measure(
                item,
                List.of(new Part.Live("nfs.fstab", IN_FSTAB, "soft"), new Part.Live("nfs.mounted", MOUNTED, "soft")),
                any(
                        inCase(pods, "what it mounts is no line of /etc/fstab: soft among the volume's mountOptions"),
                        inCase(none, "it mounts no NFS"),
                        inCase(
                                "[ ! -e /dev/autofs ]",
                                "its kernel mounts nothing when touched: there is no /dev/autofs")),
                APPLY,
                UNDO,
                List.of(CHANGED));
    }
}

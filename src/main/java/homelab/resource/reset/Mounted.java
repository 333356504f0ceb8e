package homelab.resource.reset;

import java.time.Duration;

/**
 * What k3s, containerd and the kubelet have mounted, and sessions of Longhorn's volumes. A dead NFS server or a volume
 * whose engine is gone holds {@code umount} up for ever, so each has its time and is then detached lazily (k3s 8520, 8200).
 */
public final class Mounted {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /**
     * {@code mounts} prints what is mounted below the folders of k3s and the kubelet, the last first. What the host's
     * own fstab mounts there is a disk of its owner and stays.
     */
    static final String MOUNTS = """
            mounts() {
              awk '
                FILENAME == "/etc/fstab" { if ($1 !~ /^#/) own[$2] = 1; next }
                $2 ~ "^/run/k3s/" || $2 ~ "^/run/netns/cni-" || $2 ~ "^/var/lib/kubelet/" ||
                $2 ~ "^/var/lib/rancher/k3s/" { if (!($2 in own)) line[++n] = $2 "\\t" $3 }
                END { for (i = n; i > 0; i--) print line[i] }' "$(if [ -e /etc/fstab ]; then echo /etc/fstab; else echo /dev/null; fi)" /proc/mounts
            }
            # Names of network namespaces that are no longer held by a mount.
            names() {
              for f in /run/netns/cni-*; do if [ -e "$f" ] && ! grep -q " $f " /proc/mounts; then echo "$f"; fi; done
            }
            sessions() { [ ! -d /sys/class/iscsi_session ] || cat /sys/class/iscsi_session/*/targetname 2>/dev/null | grep '^iqn[.]2019-10[.]io[.]longhorn:'; }
            """;

    private Mounted() {}

    public static Gone gone() {
        String look = MOUNTS + """
                mounts | awk -F '\\t' '{ kind = $1
                    if (!sub("^/run/netns/cni-.*", "/run/netns/cni-*", kind)) if (!sub("^/run/k3s/.*", "/run/k3s", kind))
                      if (!sub("^/var/lib/kubelet/.*", "/var/lib/kubelet", kind)) kind = "/var/lib/rancher/k3s"
                    n[kind]++; if ($2 ~ /^(nfs4?|cifs|ceph|fuse.*)$/) net[kind] = net[kind] " " $2 }
                  END { for (k in n) printf "mounts below %s\\t%d%s\\n", k, n[k], net[k] == "" ? "" : ", with" net[k] }' | sort
                n=$(names | wc -l); if [ "$n" -gt 0 ]; then printf 'names of network namespaces\t%s\n' "$n"; fi
                sessions | sed 's/^/session /; s/$/\\tlogged in/'
                :
                """;
        return Gone.of("mounts", look, "none", MOUNTS + """
                off() { timeout -k 2 10 "$@" >/dev/null 2>&1; }
                i=0
                while [ $i -lt 5 ] && [ -n "$(mounts | head -n 1)" ]; do
                  mounts | while IFS='\t' read -r path type; do
                    path=$(printf '%b' "$path")
                    case $type in
                      nfs | nfs4 | cifs | ceph | fuse*) off umount -c -f -l "$path" || off umount -c -l "$path" ;;
                      *) off umount -c "$path" || off umount -c -l "$path" ;;
                    esac
                  done
                  i=$((i + 1))
                done
                names | xargs -r rm -f
                sessions | while read -r name; do timeout -k 2 20 iscsiadm -m node -T "$name" --logout >/dev/null 2>&1; done
                exit 0
                """, LIMIT);
    }
}

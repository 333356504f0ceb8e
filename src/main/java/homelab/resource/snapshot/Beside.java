package homelab.resource.snapshot;

import homelab.resource.Sh;
import homelab.snapshot.SnapshotLook;

/** What is laid beside a snapshot, and how the two become one file and two again. Pieces of sh with {@code set -eu}. */
public final class Beside {
    private static final String SERVER = "/var/lib/rancher/k3s/server";

    private Beside() {}

    /**
     * Defines {@code lay FILE MORE}: token, TLS files, settings, and what they are, with more lines for that. Whole or not
     * at all. What belonged to snapshots that k3s has let go of goes too.
     *
     * @param cluster its name in the inventory
     */
    static String laying(String cluster, String folder) {
        return """
                server=%1$s dir=%2$s beside=%3$s
                lay() {
                  part=$beside/.$1.part
                  mkdir -p -m 700 "$beside"
                  rm -rf "$part"; mkdir -m 700 "$part"
                  ( umask 077; cp $server/token "$part/token"
                    tar -C $server -cf "$part/server.tar" tls cred
                    for etc in config.yaml registries.yaml; do
                      if [ -f /etc/rancher/k3s/$etc ]; then cp /etc/rancher/k3s/$etc "$part/$etc"; fi
                    done
                    if [ -f /etc/rancher/node/password ]; then cp /etc/rancher/node/password "$part/node-password"; fi
                    { echo cluster %4$s
                      echo node "$(hostname)"
                      echo ca "$(sha256sum <$server/tls/server-ca.crt | cut -c 1-64)"
                      echo version "$(/usr/local/bin/k3s --version | sed -n 's/^k3s version \\([^ ]*\\).*/\\1/p')"
                      echo token "$(printf %%s "$(cat $server/token)" | sha256sum | cut -c 1-64)"
                      echo "$2"; } >"$part/about" )
                  sync
                  rm -rf "${beside:?}/$1"
                  mv "$part" "$beside/$1"
                  for kept in "$beside"/*; do
                    if [ ! -e "$dir/${kept##*/}" ]; then rm -rf "$kept"; fi
                  done
                  sync
                }
                """.formatted(SERVER, Sh.quote(folder), SnapshotLook.BESIDE, Sh.quote(cluster));
    }

    /**
     * Makes one file of a snapshot and what lies beside it, laying that first where k3s took the snapshot by itself. Says
     * the file's size and SHA-256.
     */
    public static String packed(String cluster, String folder, String name) {
        return "set -eu\n" + laying(cluster, folder) + """
                name=%1$s
                [ -f "$dir/$name" ] || { echo "$dir/$name is gone" >&2; exit 1; }
                [ -e "$beside/$name/about" ] || lay "$name" ''
                rm -f "$beside"/.way-*
                umask 077
                tar -cf "$beside/.way-$name" -C "$beside/$name" . -C "$dir" "$name"
                stat -c %%s "$beside/.way-$name"
                sha256sum <"$beside/.way-$name" | cut -c 1-64
                """.formatted(Sh.quote(name));
    }

    /** Where {@link #packed} puts it, and {@link #unpacked} expects it. */
    public static String way(String name) {
        return SnapshotLook.BESIDE + "/.way-" + name;
    }

    /** Lays a packed snapshot and what belongs to it into their places; the snapshot last, and only when it is whole. */
    public static String unpacked(String folder, String name) {
        return unpacked(folder, SnapshotLook.BESIDE, name);
    }

    /** The same with what belongs to it elsewhere. @param beside a folder that is there */
    public static String unpacked(String folder, String beside, String name) {
        return """
                set -eu
                umask 077
                name=%1$s dir=%2$s beside=%3$s way=%5$s
                part=$beside/.$name.part
                rm -rf "$part"; mkdir -m 700 "$part"
                mkdir -p -m 700 "$dir"
                tar -xf "$way" -C "$part"
                rm -f "$way"
                %4$s
                case $name in *.zip) ;; *) whole "$part/$name" || { echo "$name is not whole" >&2; exit 1; } ;; esac
                mv "$part/$name" "$dir/.$name.part"
                rm -rf "${beside:?}/$name"
                mv "$part" "$beside/$name"
                sync
                mv "$dir/.$name.part" "$dir/$name"
                sync
                """.formatted(
                        Sh.quote(name), Sh.quote(folder), beside, homelab.snapshot.Integrity.SH, Sh.quote(way(name)));
    }
}

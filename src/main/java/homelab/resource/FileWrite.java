package homelab.resource;

/** The sh that puts a text in a file's place so that a power cut leaves the old file or the new one, never half of it. */
public final class FileWrite {

    private FileWrite() {}

    /**
     * Defines {@code put PATH MODE OWNER}, which writes its standard input. A link is followed, since the system's own
     * links (resolv.conf, cmdline.txt) are meant to stay; the missing parent is made. A file that is itself a mount, as
     * /etc/hosts is in a container, cannot be renamed over and is written in place. An empty OWNER or MODE leaves as is.
     */
    public static final String PUT = """
            put() (
              set -eu
              umask 022; mkdir -p "$(dirname "$1")"
              target=$(readlink -f "$1")
              part=$(dirname "$target")/.$(basename "$target").homelab-part
              trap 'rm -f "$part"' EXIT
              rm -f "$part"
              umask 077; cat >"$part"
              [ -z "$2" ] || chmod "$2" "$part"
              [ -z "$3" ] || chown "$3" "$part"
              sync "$part"
              if grep -q " $target " /proc/self/mountinfo; then cat "$part" >"$target"; sync "$target"; exit; fi
              mv -f "$part" "$target"
              sync "$(dirname "$target")"
            )
            """;
}

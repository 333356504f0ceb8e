package homelab.lab;

/** A folder of a host without room for a byte or a file more: a file system of its own in memory with all that was in it. */
record FullFolder(Lab lab, String node, String folder) {
    private static final String FILL = """
            set -e
            d=FOLDER
            mkdir -p $d
            if ! mountpoint -q $d; then
              mkdir -p /run/beside; mount -t tmpfs -o size=800m,nr_inodes=100k,mode=$(stat -c %a $d) tmpfs /run/beside
              cp -a $d/. /run/beside/
              mount --bind /run/beside $d; umount -l /run/beside
            fi
            mount -o remount,size=$(($(df --output=used -B1 $d | tail -n 1) + 65536)) $d
            head -c 1M /dev/zero >$d/.full 2>/dev/null || :
            mount -o remount,nr_inodes=$(($(df --output=iused $d | tail -n 1) + 2)) $d
            i=0
            while [ $i -lt 9 ] && : 2>/dev/null >$d/.full$i; do i=$((i + 1)); done
            [ $i -lt 9 ]
            """;

    static FullFolder of(Lab lab, String node, String folder) {
        FullFolder full = new FullFolder(lab, node, folder);
        lab.on(node, FILL.replace("FOLDER", folder));
        return full;
    }

    /** All files and links in it, with their sums or where they lead. */
    String content() {
        return lab.on(
                node,
                "cd " + folder + "; { find . -xdev -type f ! -name '.full*' -exec sha256sum {} +;"
                        + " find . -xdev -type l -printf '%l %p\\n'; } | sort -k 2");
    }

    void makeRoom() {
        lab.on(node, "mount -o remount,size=800m,nr_inodes=100k " + folder + " && rm " + folder + "/.full*");
    }
}

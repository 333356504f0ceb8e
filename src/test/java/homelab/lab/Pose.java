package homelab.lab;

/**
 * Hosts of a lab that pass for machines of their own: what doctor takes for a container's mark is put away, and their
 * clock, which is this machine's, is said to be kept.
 */
final class Pose {
    private static final String KEPT = "/run/systemd/timesync/synchronized";

    /** The load is this machine's, whatever else runs on it. */
    private static final String QUIET = """
            echo '0.10 0.10 0.10 1/200 999' >/run/loadavg; mount --bind /run/loadavg /proc/loadavg
            printf 'some avg10=0 avg60=0 avg300=0 total=0\\nfull avg10=0 avg60=0 avg300=0 total=0\\n' >/run/stalled
            for f in /proc/pressure/io /proc/pressure/memory; do mount --bind /run/stalled $f; done
            """;

    private Pose() {}

    static void begin(Lab lab) {
        String put = FaultsOfHosts.inPlaceOf("systemd-detect-virt", "exit 1")
                + "\n[ ! -e /.dockerenv ] || mv /.dockerenv /.dockerenv.away\nmkdir -p ${KEPT%/*}; touch $KEPT\n"
                + QUIET;
        end(lab);
        lab.nodeNames().forEach(node -> lab.on(node, "KEPT=" + KEPT + "\n" + put));
    }

    static void end(Lab lab) {
        String undo = "[ ! -e /.dockerenv.away ] || mv /.dockerenv.away /.dockerenv\n"
                + "rm -f /usr/local/sbin/systemd-detect-virt " + KEPT + "\n"
                + "for f in /proc/loadavg /proc/pressure/io /proc/pressure/memory; do umount -q $f; done; :";
        lab.nodeNames().forEach(node -> lab.on(node, undo));
    }
}

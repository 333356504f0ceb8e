package homelab.lab;

/**
 * Hosts of a lab that pass for machines of their own: what doctor takes for a container's mark is put away, and their
 * clock, which is this machine's, is said to be kept.
 */
final class Pose {
    private static final String KEPT = "/run/systemd/timesync/synchronized";

    private Pose() {}

    static void begin(Lab lab) {
        String put = FaultsOfHosts.inPlaceOf("systemd-detect-virt", "exit 1")
                + "\n[ ! -e /.dockerenv ] || mv /.dockerenv /.dockerenv.away\nmkdir -p ${KEPT%/*}; touch $KEPT";
        lab.nodeNames().forEach(node -> lab.on(node, "KEPT=" + KEPT + "\n" + put));
    }

    static void end(Lab lab) {
        String undo = "[ ! -e /.dockerenv.away ] || mv /.dockerenv.away /.dockerenv\n"
                + "rm -f /usr/local/sbin/systemd-detect-virt " + KEPT;
        lab.nodeNames().forEach(node -> lab.on(node, undo));
    }
}

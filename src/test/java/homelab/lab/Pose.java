package homelab.lab;

/**
 * Hosts of a lab that pass for machines of their own: what doctor takes for a container's mark is put away, stand-ins keep
 * their clock and tell of their power, and the load is that of a quiet machine.
 */
final class Pose {
    private static final String CLOCK = "/etc/systemd/system/systemd-timesyncd.service";

    /** The real one asks for a machine of its own, and for a server of time. */
    private static final String KEEPER = """
            cat >%1$s <<'UNIT'
            [Unit]
            Description=A stand-in of the laboratory: it says that it keeps the clock
            [Service]
            RuntimeDirectory=systemd/timesync
            ExecStart=/bin/sh -c ': >/run/systemd/timesync/synchronized; exec sleep infinity'
            [Install]
            WantedBy=sysinit.target
            UNIT
            systemctl daemon-reload; systemctl restart systemd-timesyncd
            """.formatted(CLOCK);

    /** A kernel of Debian's or Raspberry Pi's has it as a module; what it sets is there in this one, too. */
    private static final String BRIDGE = "kernel/net/bridge/br_netfilter.ko";

    private static final String BUILTIN = "/lib/modules/$(uname -r)/modules.builtin";

    /** The load is this machine's, whatever else runs on it. */
    private static final String QUIET = """
            echo '0.10 0.10 0.10 1/200 999' >/run/loadavg; mount --bind /run/loadavg /proc/loadavg
            printf 'some avg10=0 avg60=0 avg300=0 total=0\\nfull avg10=0 avg60=0 avg300=0 total=0\\n' >/run/stalled
            for f in /proc/pressure/io /proc/pressure/memory; do [ ! -e $f ] || mount --bind /run/stalled $f; done
            """;

    private Pose() {}

    static void begin(Lab lab) {
        String put = FaultsOfHosts.inPlaceOf("systemd-detect-virt", "exit 1") + "\n"
                + power("0x0") + "\n[ ! -e /.dockerenv ] || mv /.dockerenv /.dockerenv.away\n"
                + "echo " + BRIDGE + " >>" + BUILTIN + "\n" + KEEPER + QUIET;
        end(lab);
        lab.nodeNames().forEach(node -> lab.on(node, put));
    }

    /** What the firmware of a Raspberry Pi says of its power. */
    static String power(String bits) {
        return FaultsOfHosts.inPlaceOf("vcgencmd", "echo throttled=" + bits);
    }

    static void end(Lab lab) {
        String undo = "[ ! -e /.dockerenv.away ] || mv /.dockerenv.away /.dockerenv\n"
                + "rm -f /usr/local/sbin/systemd-detect-virt /usr/local/sbin/vcgencmd\n"
                + "if [ -e CLOCK ]; then systemctl stop systemd-timesyncd; rm CLOCK; systemctl daemon-reload; fi\n"
                        .replace("CLOCK", CLOCK)
                + "sed -i '\\|^" + BRIDGE + "|d' " + BUILTIN + "\n"
                + "for f in /proc/loadavg /proc/pressure/io /proc/pressure/memory; do umount -q $f; done; :";
        lab.nodeNames().forEach(node -> lab.on(node, undo));
    }
}

package homelab.lab;

/** Hosts of a lab that pass for machines of their own: what doctor takes for a container's mark is put away. */
final class Pose {
    private static final String DETECT = "/usr/local/bin/systemd-detect-virt";

    private Pose() {}

    static void begin(Lab lab) {
        lab.nodeNames().forEach(node -> lab.on(node, """
                        [ ! -e /.dockerenv ] || mv /.dockerenv /.dockerenv.away
                        printf '#!/bin/sh\\nexit 1\\n' >DETECT; chmod +x DETECT
                        """.replace("DETECT", DETECT)));
    }

    static void end(Lab lab) {
        lab.nodeNames()
                .forEach(node ->
                        lab.on(node, "[ ! -e /.dockerenv.away ] || mv /.dockerenv.away /.dockerenv; rm -f " + DETECT));
    }
}

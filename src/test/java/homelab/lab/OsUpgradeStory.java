package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The agent's packages are renewed out of an archive on its own disk; nothing else is due, whatever Debian has of late. */
@ExtendWith(InLab.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(240)
class OsUpgradeStory {
    private static final String ALONE = """
            set -eu
            mkdir -p /srv/due /srv/apt
            for place in /etc/apt/sources.list /etc/apt/sources.list.d /var/lib/apt/lists; do
              [ ! -e $place ] || mv $place /srv/apt/
            done
            mkdir -p /etc/apt/sources.list.d /var/lib/apt/lists/partial
            touch /srv/due/Packages
            echo 'deb [trusted=yes] file:/srv/due ./' >/etc/apt/sources.list.d/due.list
            """;

    private static final String AS_BEFORE = """
            apt-mark unhold lab-held >/dev/null
            dpkg --purge lab-tool lab-held lab-cut linux-image-lab >/dev/null 2>&1
            rm -rf /etc/apt/sources.list.d /var/lib/apt/lists
            for place in /etc/apt/sources.list /etc/apt/sources.list.d /var/lib/apt/lists; do
              [ ! -e /srv/apt/${place##*/} ] || mv /srv/apt/${place##*/} $place
            done
            rm -rf /srv/due /srv/apt
            """;

    /** deb NAME VERSION FOLDER [WHAT IT DOES ONCE IT IS THERE] */
    private static final String DEB = """
            set -eu
            deb() {
              d=$(mktemp -d); chmod 755 $d; mkdir $d/DEBIAN
              printf 'Package: %s\\nVersion: %s\\nArchitecture: all\\nMaintainer: lab <lab@example.org>\\nDescription: lab\\n' \
                $1 $2 >$d/DEBIAN/control
              printf '#!/bin/sh\\n%s\\n' "${4:-:}" >$d/DEBIAN/postinst
              chmod 755 $d/DEBIAN/postinst
              dpkg-deb -b $d $3/$1_$2_all.deb >/dev/null
            }
            """;

    private static final String ARCHIVE = "cd /srv/due && apt-ftparchive packages . >Packages\n";

    private static Lab lab;
    private static Homelab homelab;

    @BeforeAll
    static void aClusterWhoseAgentIsBehind(Lab shared, Homelab user) {
        lab = shared;
        homelab = user;
        lab.cluster(user);
        lab.on(Lab.SERVER, ALONE);
        lab.on(Lab.AGENT, ALONE + DEB + """
                for name in lab-tool lab-held linux-image-lab; do deb $name 1.0 /srv; deb $name 1.1 /srv/due; done
                deb linux-image-lab 1.1 /srv/due 'touch /run/reboot-required'
                dpkg -i /srv/*_1.0_all.deb >/dev/null
                apt-mark hold lab-held >/dev/null
                deb lab-cut 1.0 /srv
                dpkg --unpack /srv/lab-cut_1.0_all.deb >/dev/null
                rm /srv/*.deb
                """ + ARCHIVE);
    }

    @AfterAll
    static void asBefore() {
        lab.on(Lab.SERVER, AS_BEFORE);
        lab.on(Lab.AGENT, AS_BEFORE);
        Pods.kubectl(lab, "uncordon jarvis ultron");
    }

    private static String boot(String node) {
        return lab.on(node, "cat /proc/sys/kernel/random/boot_id").strip();
    }

    private static String version(String packages) {
        return lab.on(Lab.AGENT, "dpkg-query -W -f '${db:Status-Abbrev}${Version} ' " + packages)
                .strip();
    }

    @Test
    @Order(1)
    void showsWhatIsDueAndTouchesNothing() {
        Run run = homelab.run("upgrade", "--os", "--dry-run");

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(run.out())
                .contains("package lab-tool: 1.0 → 1.1")
                .contains("installation of lab-cut: broken off → finished")
                .contains("a boot brings linux-image-lab into effect")
                .contains("ultron: lab-held stays as it is")
                .doesNotContain("node jarvis", "package lab-held");
        assertThat(version("lab-cut lab-tool")).isEqualTo("iU 1.0 ii 1.0");
    }

    @Test
    @Order(2)
    void renewsTheAgentBootsItAndLeavesTheServerAlone() {
        String agent = boot(Lab.AGENT);
        String server = boot(Lab.SERVER);

        Run run = homelab.run("upgrade", "--os", "--yes");

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(version("lab-cut lab-held lab-tool linux-image-lab")).isEqualTo("ii 1.0 hi 1.0 ii 1.1 ii 1.1");
        assertThat(boot(Lab.AGENT)).isNotEqualTo(agent);
        assertThat(boot(Lab.SERVER)).isEqualTo(server);
        assertThat(Pods.kubectl(
                        lab, "get node ultron -o jsonpath={.spec.unschedulable}{.metadata.annotations.homelab/reboot}"))
                .isEmpty();
    }

    @Test
    @Order(3)
    void hasNothingToDoASecondTime() {
        Run run = homelab.run("upgrade", "--os", "--yes");

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(run.out()).contains("nothing to do");
    }

    @Test
    @Order(4)
    void doesNotBootForAPackageThatDoesNotAskForIt() {
        lab.on(Lab.AGENT, DEB + "deb lab-tool 1.2 /srv/due\n" + ARCHIVE);
        String before = boot(Lab.AGENT);

        Run run = homelab.run("upgrade", "--os", Lab.AGENT, "--yes");

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(version("lab-tool")).isEqualTo("ii 1.2");
        assertThat(boot(Lab.AGENT)).isEqualTo(before);
    }
}

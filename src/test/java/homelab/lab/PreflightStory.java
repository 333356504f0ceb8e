package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Hosts on which something speaks against beginning: each is told with its class, all at once, and nothing is changed. */
@ExtendWith(InLab.class)
@Timeout(300)
class PreflightStory {
    private static Lab lab;
    private static Homelab homelab;
    private final List<String[]> undo = new ArrayList<>();

    @BeforeAll
    static void bareHosts(Lab shared, Homelab user) {
        lab = shared.bare();
        homelab = user;
    }

    @AfterEach
    void undoWhatWasDone() {
        undo.forEach(each -> lab.on(each[0], each[1]));
    }

    private void make(String node, String fault, String back) {
        lab.on(node, fault);
        undo.add(0, new String[] {node, back});
    }

    /** A host whose mark of a container is away passes for a machine. */
    private void machine(String node) {
        make(node, "mv /.dockerenv /.dockerenv.away", "mv /.dockerenv.away /.dockerenv");
    }

    @Test
    void tellsOfAllHostsAtOnceWithTheirClassAndChangesNothing() {
        String jarvis = lab.address(Lab.SERVER) + "/24";
        make(Lab.SERVER, "touch -d '+1 day' /var/lib/dpkg/status", "touch /var/lib/dpkg/status");
        make(
                Lab.SERVER,
                "ip addr change " + jarvis + " dev eth0 valid_lft 3600 preferred_lft 3600",
                "ip addr change " + jarvis + " dev eth0 valid_lft forever preferred_lft forever");
        make(
                Lab.SERVER,
                FaultsOfHosts.inPlaceOf("iptables", "echo 'iptables v1.8.2 (nf_tables)'"),
                "rm /usr/local/sbin/iptables");
        make(Lab.SERVER, "hostname JARVIS", "hostname " + Lab.SERVER);
        machine(Lab.AGENT);
        make(
                Lab.AGENT,
                "mkdir -p /var/lib/rancher && mount -t tmpfs -o size=5g,nr_inodes=15000 tmpfs /var/lib/rancher",
                "umount /var/lib/rancher");
        make(Lab.AGENT, "ip link set eth0 mtu 1400", "ip link set eth0 mtu 1500");
        make(
                Lab.AGENT,
                "printf 'Filename Type Size Used Priority\\n/dev/mmcblk0p3 partition 524272 0 -2\\n' >/run/swaps"
                        + " && mount --bind /run/swaps /proc/swaps",
                "umount /proc/swaps; rm /run/swaps");
        List<Footprint> before = Footprint.of(lab, Lab.SERVER);

        Run plan = homelab.run("plan", "--exit-code");
        Run bootstrap = homelab.run("bootstrap", "--yes");

        assertThat(plan.exit()).isEqualTo(Exit.REFUSED);
        assertThat(plan.out().replaceAll("\\s+", " "))
                .contains("refuse jarvis: its clock is in the past")
                .contains("refuse ultron: its kernel has no br_netfilter")
                .contains("refuse ultron: few files more fit under /var/lib/rancher")
                .contains("warn jarvis: has an iptables with a known fault")
                .contains("warn jarvis: its address is lent")
                .contains("warn ultron: swaps onto a card")
                .contains(
                        "warn the nodes send packets of different sizes why jarvis up to 1500 bytes, ultron up to 1400")
                .contains("note jarvis: its host name is none for Kubernetes");
        Told.problem(bootstrap, Exit.REFUSED, "its clock is in the past", "1 day|own was written", "timedatectl");
        assertThat(bootstrap.err()).contains("few files more fit").contains("warn: jarvis: its address is lent");
        assertThat(Footprint.changes(before, Footprint.of(lab, Lab.SERVER))).isEmpty();
    }

    @Test
    void refusesAFileSystemThatTakesNoFiles() {
        make(
                Lab.AGENT,
                "mkdir -p /var/lib/rancher && mount -t tmpfs -o ro,size=5g tmpfs /var/lib/rancher",
                "umount /var/lib/rancher");

        Run run = homelab.run("bootstrap", "--dry-run");

        Told.problem(run, Exit.REFUSED, "ultron: /var/lib/rancher takes no files", "read-only", "fsck");
    }

    @Test
    void warnsOfATimeServiceThatReachesNobody() {
        machine(Lab.SERVER);
        make(Lab.SERVER, """
                cat >/etc/systemd/system/chrony.service <<'UNIT'
                [Service]
                ExecStart=/bin/sleep infinity
                UNIT
                systemctl daemon-reload; systemctl start chrony
                """, "systemctl stop chrony; rm /etc/systemd/system/chrony.service; systemctl daemon-reload");

        assertThat(homelab.run("plan").out().replaceAll("\\s+", " "))
                .contains("warn jarvis: its clock follows nobody why chrony runs and has reached no time server yet");
    }

    /** A stand-in for a slow card says how long it took; the file of the measurement is gone afterwards. */
    @Test
    void measuresEtcdsDiskBeforeItAsksAndLeavesNothing() {
        make(
                Lab.SERVER,
                FaultsOfHosts.inPlaceOf(
                        "dd", "/bin/dd \"$@\" 2>/dev/null; echo '115000 bytes copied, 2.5 s, 46 kB/s' >&2"),
                "rm /usr/local/sbin/dd");

        Run run = homelab.run("bootstrap", "--only", "host");

        assertThat(run.exit()).isEqualTo(Exit.REFUSED);
        assertThat(run.err().replaceAll("\\s+", " "))
                .contains("warn jarvis: its disk is slow for etcd why 50 synced writes")
                .contains("took 50 ms each");
        assertThat(lab.on(Lab.SERVER, "find /var/lib -xdev -name '.homelab-sync*'"))
                .isEmpty();
        assertThat(homelab.run("plan").out()).doesNotContain("slow for etcd");
    }
}

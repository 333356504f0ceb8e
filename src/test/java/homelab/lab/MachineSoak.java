package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import homelab.command.Run;
import homelab.problem.Exit;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What only a machine can show: a reboot that brings kernel arguments into effect, and files that outlive a power
 * cut because they were synced. Run by hand; what has a row is kept in {@code target/soak} and not run again.
 */
@ExtendWith(InLab.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(1800)
class MachineSoak {
    private static final SoakTable TABLE = SoakTable.of("machines");
    private static final String RETURNED = "cut -d' ' -f1 /var/lib/homelab/firewall/returned 2>/dev/null || :";
    private static final String FILES =
            "sha256sum /etc/default/ufw /etc/ufw/ufw.conf /etc/ufw/user.rules /etc/ufw/user6.rules";
    private static final String PRISTINE = """
        [ -e /root/before.rules ] || cp -p /etc/ufw/before.rules /root/before.rules
        cp -p /root/before.rules /etc/ufw/before.rules
        """;
    private static final String NOT_WAITING = "[ ! -e /var/lib/homelab/firewall/unconfirmed ] && echo none";

    private static Machine machine;
    private static Homelab homelab;

    @BeforeAll
    static void aMachineAsShipped(Labs labs) {
        String missing = Lab.missingForMachines();
        assumeTrue(missing.isEmpty(), "no machines can be had here (cli/lab doctor --vm): " + missing);
        Lab lab = labs.again("machines", "jarvis:server", "--vm", "--as-shipped");
        machine = new Machine(lab, Lab.SERVER);
        homelab = InLab.user(lab, "MachineSoak");
        Launched.built();
    }

    private static boolean passed(String row) {
        return TABLE.has(row);
    }

    private static void keep(String row, String seen, long since) {
        TABLE.keep("| " + row + " | " + seen + " | "
                + Duration.ofNanos(System.nanoTime() - since).toSeconds() + " s |\n");
    }

    private static Run prepare() {
        return homelab.run("bootstrap", "--only", "host", "--yes");
    }

    private static boolean memoryIsOn() {
        return machine.on("grep -c -w memory /sys/fs/cgroup/cgroup.controllers || :")
                .equals("1");
    }

    private static void nothingIsToBeDone() {
        Run plan = homelab.run("plan", "--only", "host", "--exit-code");
        assertThat(plan.exit()).as(plan.out() + plan.err()).isEqualTo(Exit.DONE);
    }

    @Test
    @Order(1)
    void aHostIsPreparedThroughAReboot() {
        String row = "host preparation with a reboot";
        if (passed(row)) {
            return;
        }
        String before = machine.boot();
        assertThat(memoryIsOn()).isFalse();
        long began = System.nanoTime();

        Run run = prepare();

        assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(Exit.DONE);
        assertThat(machine.boot()).isNotEqualTo(before);
        assertThat(memoryIsOn()).isTrue();
        nothingIsToBeDone();
        keep(row, "another boot id, memory cgroup on, plan empty", began);
    }

    @Test
    @Order(2)
    void goesOnAfterAClientThatDiedWhileTheHostRebooted() {
        String row = "the client killed while the host reboots";
        if (passed(row)) {
            return;
        }
        machine.on("sed -i 's/ cgroup_memory=1 cgroup_enable=memory//' /boot/firmware/cmdline.txt; sync");
        machine.losesPower();
        assertThat(memoryIsOn()).isFalse();
        String before = machine.boot();
        long began = System.nanoTime();
        Launched client = Launched.homelab(homelab, "bootstrap", "--only", "host", "--yes");
        client.until("the host goes down", Duration.ofMinutes(4), () -> !machine.greets());
        client.signal("KILL").end();

        Run meanwhile = prepare();
        machine.bootsSince(before);
        Run after = prepare();

        assertThat(meanwhile.exit()).as(meanwhile.err()).isIn(Exit.BLIND, Exit.DONE);
        assertThat(after.exit()).as(after.err()).isEqualTo(Exit.DONE);
        assertThat(memoryIsOn()).isTrue();
        nothingIsToBeDone();
        keep(row, "a run meanwhile ended with " + meanwhile.exit().code() + ", the next went on, plan empty", began);
    }

    @Test
    @Order(3)
    void anUnconfirmedFirewallIsTakenBackAtBootAfterAPowerCut() {
        unconfirmed("firewall not confirmed, power cut", "true", machine::losesPower);
    }

    @Test
    @Order(4)
    void anUnconfirmedFirewallIsTakenBackAtBootAfterAReboot() {
        unconfirmed(
                "firewall not confirmed, reboot",
                "nohup sh -c 'sleep 4; systemctl reboot' >/dev/null 2>&1 &",
                () -> {});
    }

    /** The door is shut for whoever comes anew, so the reboot is ordered before by who is there already. */
    private static void unconfirmed(String row, String whenShut, Runnable then) {
        if (passed(row)) {
            return;
        }
        LockOut way = LockOut.NEW_REFUSED;
        machine.on(PRISTINE + way.prepare());
        String files = machine.on(FILES);
        String before = machine.boot();
        Launched client = Launched.homelab(homelab, "firewall", "apply", "--yes");
        machine.onceItIsSo(way.shuts(), whenShut);
        long began = System.nanoTime();
        client.signal("KILL").end();
        assertThat(machine.greets()).as("a new connection is let in").isFalse();

        then.run();
        machine.bootsSince(before);

        assertThat(machine.on(RETURNED)).isEqualTo("boot");
        assertThat(machine.on(NOT_WAITING)).isEqualTo("none");
        assertThat(machine.on(FILES)).isEqualTo(files);
        keep(row, "taken back by: boot; the four files to the byte as before", began);
        machine.on(PRISTINE);
    }

    @Test
    @Order(5)
    void aConfirmedFirewallIsThereAfterAPowerCut() {
        String row = "firewall confirmed, power cut in the same moment";
        if (passed(row)) {
            return;
        }
        Run applied = homelab.run("firewall", "apply", "--yes");
        long began = System.nanoTime();
        machine.losesPower();
        assertThat(applied.exit()).as(applied.err()).isEqualTo(Exit.DONE);
        staysConfirmed();
        keep(row, "the rules are there, nothing was taken back, plan empty", began);
    }

    @Test
    @Order(6)
    void aConfirmedFirewallIsThereAfterAReboot() {
        String row = "firewall confirmed, reboot";
        if (passed(row)) {
            return;
        }
        String before = machine.boot();
        long began = System.nanoTime();
        machine.on("nohup sh -c 'sleep 1; systemctl reboot' >/dev/null 2>&1 &");
        machine.bootsSince(before);
        staysConfirmed();
        keep(row, "the rules are there, nothing was taken back, plan empty", began);
    }

    private static void staysConfirmed() {
        assertThat(machine.on(RETURNED)).isEmpty();
        assertThat(machine.on("iptables -S ufw-user-input")).contains("--dport 22 -j ACCEPT");
        Run plan = homelab.run("firewall", "plan", "--exit-code");
        assertThat(plan.exit()).as(plan.out() + plan.err()).isEqualTo(Exit.DONE);
    }
}

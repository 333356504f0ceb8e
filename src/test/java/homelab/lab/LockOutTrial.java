package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

/** One way to lock oneself out, tried on a host of a lab, and how it comes back. */
final class LockOutTrial {

    /** What becomes of the client and the host in the meantime. */
    enum End {
        /** The client goes on, sees it and takes it back. */
        LIVES,
        /** The client is killed (SIGKILL) as the door shuts: the host does it by itself. */
        KILLED,
        /** The host too, and it starts anew, before its time is over. */
        RESTARTED
    }

    /** @param by who took it back: "client", "timer" or "boot"; @param seconds from the shut door to the open one */
    record Outcome(String by, long seconds) {}

    private static final String FOLDER = "/var/lib/homelab/firewall";
    private static final String FILES =
            "sha256sum /etc/default/ufw /etc/ufw/ufw.conf /etc/ufw/user.rules /etc/ufw/user6.rules";
    private static final String NODE = Lab.SERVER;
    private static final String OTHER = "200";

    /** As it was before anything was tried; kept at the first time. */
    private static final String AS_SHIPPED = """
            systemctl stop homelab-firewall-back.timer 2>/dev/null
            [ ! -e /usr/sbin/ufw.real ] || mv -f /usr/sbin/ufw.real /usr/sbin/ufw
            pkill -x sleep
            [ -e /root/shipped.tar ] || tar -cf /root/shipped.tar -C / etc/ufw etc/default/ufw
            /lib/ufw/ufw-init force-stop >/dev/null 2>&1
            iptables -t nat -F PREROUTING; for t in iptables ip6tables; do $t -P INPUT ACCEPT; $t -F; $t -X; done
            rm -rf /etc/ufw FOLDER; tar -xf /root/shipped.tar -C /
            chmod -x /etc/ufw/before.init
            """.replace("FOLDER", FOLDER);

    private final Lab lab;
    private final Homelab homelab;

    LockOutTrial(Lab lab, Homelab homelab) {
        this.lab = lab;
        this.homelab = homelab;
        Launched.built();
    }

    void reset() {
        Said.by(
                Duration.ofSeconds(5),
                "bash",
                "-c",
                "ip route del " + address() + " 2>/dev/null; ip addr del " + other() + "/24 dev " + bridge()
                        + " 2>/dev/null; :");
        for (String node : lab.nodeNames()) {
            lab.on(node, AS_SHIPPED);
        }
        door("open", Duration.ofSeconds(10));
    }

    Outcome of(LockOut way, End end) {
        reset();
        lab.on(NODE, way.prepare().replace("CLIENT", client()));
        String files = lab.on(NODE, FILES);
        try {
            Outcome outcome = locked(way, end);
            assertThat(lab.on(NODE, FILES)).as("the files of " + way).isEqualTo(files);
            return outcome;
        } finally {
            reset();
        }
    }

    private Outcome locked(LockOut way, End end) {
        Homelab user = way == LockOut.FORWARDED ? homelab.where(address(), address() + ", port: 2222") : homelab;
        user = way == LockOut.ADDRESS ? user.where(lab.lan(), lab.lan().replace("/24", "/27")) : user;
        Launched client = way == LockOut.NODES
                ? Launched.homelab(user, "firewall", way.verb(), "--yes")
                : Launched.homelab(user, "firewall", way.verb(), "--yes", "--node", NODE);
        if (way == LockOut.ADDRESS) {
            client.until("a change is begun", () -> on("test -e " + FOLDER + "/unconfirmed"));
            anotherAddress();
        }
        String shuts = way.shuts().replace("CLIENT", client());
        lab.on(NODE, "for i in $(seq 600); do if " + shuts + "; then exit 0; fi; sleep 0.05; done; exit 1");
        long shut = System.nanoTime();
        return end == End.LIVES ? seen(way, client, shut) : unseen(way, client, end, shut);
    }

    /** The client tells why, and it is as before. */
    private Outcome seen(LockOut way, Launched client, long shut) {
        Said said = client.end();
        assertThat(said.exit()).as(said.out() + said.err()).isIn(1, 4);
        Launched.eventually("it is taken back", Duration.ofSeconds(45), () -> on("test -e " + FOLDER + "/returned"));
        door("open", Duration.ofSeconds(20));
        return outcome(shut);
    }

    private Outcome unseen(LockOut way, Launched client, End end, long shut) {
        client.signal("KILL");
        if (way != LockOut.NODES && way != LockOut.ONE_AT_A_TIME) {
            door("shut", Duration.ofSeconds(5));
        }
        assertThat(on("test -e " + FOLDER + "/unconfirmed"))
                .as("a change waits")
                .isTrue();
        if (end == End.RESTARTED) {
            lab.kill(NODE);
            lab.start(NODE);
        }
        Launched.eventually("it is taken back", Duration.ofSeconds(60), () -> on("test -e " + FOLDER + "/returned"));
        door("open", Duration.ofSeconds(20));
        return outcome(shut);
    }

    private Outcome outcome(long shut) {
        assertThat(on("test -e " + FOLDER + "/unconfirmed")).isFalse();
        return new Outcome(
                lab.on(NODE, "cut -d' ' -f1 " + FOLDER + "/returned"),
                Duration.ofNanos(System.nanoTime() - shut).toSeconds());
    }

    private boolean on(String question) {
        return lab.tried(NODE, question).exit() == 0;
    }

    /** Whether sshd greets a new connection from this machine. */
    private void door(String state, Duration within) {
        String greeted = "timeout 1 bash -c 'read -r hello </dev/tcp/" + address() + "/22 && [[ $hello == SSH-* ]]'";
        Launched.eventually("the door is " + state, within, () -> {
            boolean open = Said.by(Duration.ofSeconds(5), "bash", "-c", greeted).exit() == 0;
            return open == state.equals("open");
        });
    }

    private void anotherAddress() {
        Said.by(
                        Duration.ofSeconds(5),
                        "bash",
                        "-c",
                        "set -e; ip addr add " + other() + "/24 dev " + bridge() + "; ip route add " + address()
                                + "/32 dev " + bridge() + " src " + other())
                .ok();
    }

    private String address() {
        return lab.address(NODE);
    }

    private String client() {
        return lab.lan().replace("0/24", "1");
    }

    private String other() {
        return lab.lan().replace("0/24", OTHER);
    }

    private String bridge() {
        return Said.by(
                        Duration.ofSeconds(5),
                        "bash",
                        "-c",
                        "ip -o route get " + address() + " | sed 's/.* dev \\([^ ]*\\).*/\\1/'")
                .ok();
    }
}

package homelab.lab;

import java.time.Duration;

/** A machine of a lab, with what no container has: power to lose, and boots of its own. */
record Machine(Lab lab, String node) {
    private static final Duration TO_BOOT = Duration.ofMinutes(6);

    String on(String script) {
        return lab.on(node, script).strip();
    }

    String boot() {
        return on("cat /proc/sys/kernel/random/boot_id");
    }

    /** All that was not on its disk is lost, and it boots anew. */
    void losesPower() {
        lab.lose(node);
        lab.powerOn(node);
    }

    /** Whether sshd greets a new connection from this machine. */
    boolean greets() {
        String greeted = "timeout 5 bash -c 'read -r hello </dev/tcp/" + lab.address(node)
                + "/22 && [[ $hello == SSH-* ]]' 2>/dev/null";
        return Said.by(Duration.ofSeconds(10), "bash", "-c", greeted).exit() == 0;
    }

    /** Waits there, over a connection that is open by then, until a question is answered with yes, and does something. */
    void onceItIsSo(String question, String then) {
        String script = "end=$(($(cut -d. -f1 /proc/uptime) + 360))\n" + "until " + question
                + "; do [ $(cut -d. -f1 /proc/uptime) -lt $end ] || exit 1; sleep 0.1; done\n" + then;
        lab.tried(Duration.ofMinutes(7), node, script).ok();
    }

    /** Waits for a boot that is another one. */
    void bootsSince(String before) {
        Launched.eventually("it has booted anew", TO_BOOT, () -> {
            Said said = lab.tried(node, "cat /proc/sys/kernel/random/boot_id");
            return said.exit() == 0 && !said.out().strip().equals(before);
        });
    }
}

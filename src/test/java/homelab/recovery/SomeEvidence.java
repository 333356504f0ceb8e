package homelab.recovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Evidence that chance made: partial, contradictory, of few sandboxes and pods, so that they meet. */
final class SomeEvidence {
    private static final List<String> KINDS = List.of("s", "c", "t", "b", "h", "k", "p", "v");

    private final Random random;
    private final List<String> lines = new ArrayList<>();

    private SomeEvidence(long seed) {
        this.random = new Random(seed);
    }

    static String of(long seed) {
        SomeEvidence some = new SomeEvidence(seed);
        some.lines.add("homelab-evidence 1");
        some.tell();
        some.lines.add("end");
        return String.join("\n", some.lines) + "\n";
    }

    private void tell() {
        lines.add("kubelet " + one("0", "20", "299", "300", "5000"));
        KINDS.stream().filter(kind -> chance(20, 21)).forEach(kind -> lines.add("ok " + kind));
        for (int i = 0; i < 8; i++) {
            sandbox(i);
        }
        times(
                6,
                () -> lines.add("c " + id("c") + " " + id("5") + " web " + random.nextInt(3) + " "
                        + one("exited", "exited", "created", "running", "unknown")));
        List.of("v", "b", "t", "y").forEach(kind -> times(3, () -> lines.add(kind + " " + id("5"))));
        times(2, () -> lines.add("h " + id("5") + " " + (100 + random.nextInt(900)) + " " + one("5", "600", "601")));
        times(6, this::conflict);
        times(6, this::pod);
        times(2, () -> lines.add("x " + one(id("5"), "-") + " empty /var/lib/cni/results/" + random.nextInt(9)));
        times(
                4,
                () -> lines.add("i 10.42.0." + random.nextInt(5) + " " + one(id("5"), id("7"), "-") + " "
                        + one("3", "600", "601", "9999")));
        times(1, () -> lines.add("r /var/lib/kubelet/plugins_registry/a.sock"));
        times(1, () -> lines.add("n 12 runc copy_net_ns"));
        times(2, () -> lines.add("z " + one("default", "batch") + "/" + name() + " 2 30"));
        times(2, () -> lines.add("g " + uid() + " " + (1 + random.nextInt(3))));
    }

    private void times(int most, Runnable line) {
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            line.run();
        }
    }

    private void sandbox(int number) {
        if (chance(2, 3)) {
            lines.add("s " + ("5" + number).repeat(32) + " " + one("default", "longhorn-system", "kube-system") + " "
                    + name() + " " + uid() + " " + random.nextInt(3) + " "
                    + one("notready", "notready", "notready", "ready") + " " + one("1700000000", "0", "-6") + " "
                    + one("-", "-", "-", "job"));
        }
    }

    private void conflict() {
        boolean container = chance(1, 3);
        lines.add("k " + (container ? "container web_" : "sandbox ") + name() + "_default_" + uid() + "_1 "
                + (container ? id("c") : id("5")) + " 3 " + one("4", "300", "301"));
    }

    private void pod() {
        lines.add("p " + uid() + " default " + name() + " " + one("Running", "Pending", "Failed", "Succeeded") + " "
                + one("Always", "Always", "Always", "Never", "OnFailure") + " " + one("-", "-", "-", "job") + " "
                + one("0", "120", "121", "4000") + " " + one("10.42.0.1", "10.42.0.2", "-") + " "
                + one("-", "system-node-critical", "system-cluster-critical") + " " + one("-", "-", "-", "ending"));
    }

    private String name() {
        return one("web-0", "db-1");
    }

    /** Of static pods, which have no dash, too. */
    private String uid() {
        return one("u-1", "u-2", "u-3", "u-4", "0123456789abcdef0123456789abcdef");
    }

    private String id(String letter) {
        return (letter + random.nextInt(8)).repeat(32);
    }

    private boolean chance(int good, int all) {
        return random.nextInt(all) < good;
    }

    private String one(String... of) {
        return of[random.nextInt(of.length)];
    }
}

package homelab.doctor.host;

import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.host.KernelLog.Repeat;
import homelab.model.Node;
import homelab.probe.Probe;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HOST-008: the kernel itself does not stall. */
final class Stalls implements MachineCheck<KernelLog> {
    private static final Pattern JIFFIES = Pattern.compile("(\\d{1,18}) jiffies");
    private static final int MANY = 3;

    @Override
    public String id() {
        return "HOST-008";
    }

    @Override
    public Probe<KernelLog> probe(Node node) {
        return KernelLog.PROBE;
    }

    @Override
    public String whose() {
        return "kernel log";
    }

    @Override
    public Finding judgeMachine(House house, Node node, KernelLog log) {
        List<Repeat> all = log.of(
                Trouble.RCU_EXPEDITED,
                Trouble.RCU_STALL,
                Trouble.RCU_STARVED,
                Trouble.SOFT_LOCKUP,
                Trouble.HARD_LOCKUP,
                Trouble.OOPS,
                Trouble.NAMESPACE_STUCK);
        String name = node.name().text();
        if (all.isEmpty()) {
            return pass(name, "its kernel has not stalled");
        }
        List<Repeat> real =
                all.stream().filter(one -> !isShort(one, log.hertz())).toList();
        return verdict(name, real, all).by(KernelLog.told(all)).since(all.get(0).first());
    }

    private Finding verdict(String name, List<Repeat> real, List<Repeat> all) {
        if (real.isEmpty()) {
            return warn(name, "its kernel stalled for less than a second, " + KernelLog.count(all) + " times");
        }
        boolean often = KernelLog.recent(real) > 0 || KernelLog.count(real) >= MANY;
        String what = "its kernel stalled, " + KernelLog.count(real) + " times in this start and the one before";
        return often ? fail(name, what) : warn(name, what);
    }

    /** Some kernels of Raspberry Pis call 20 ms a stall; those pass by themselves. */
    private static boolean isShort(Repeat one, long hertz) {
        Matcher jiffies = JIFFIES.matcher(one.sample());
        return one.trouble() == Trouble.RCU_EXPEDITED && jiffies.find() && Long.parseLong(jiffies.group(1)) < hertz;
    }
}

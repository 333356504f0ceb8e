package homelab.doctor.net;

import homelab.doctor.Finding;
import homelab.doctor.HostCheck;
import homelab.doctor.House;
import homelab.model.Node;
import homelab.probe.Probe;
import java.util.ArrayList;
import java.util.List;

/** NET-001: UFW is at work, now and at boot, and lets pods' packets through. */
final class FirewallOn implements HostCheck<Ufw> {

    @Override
    public String id() {
        return "NET-001";
    }

    @Override
    public Probe<Ufw> probe(Node node) {
        return Ufw.PROBE;
    }

    @Override
    public Finding judge(House house, Node node, Ufw ufw) {
        String name = node.name().text();
        String fix = "homelab bootstrap --only firewall --node " + name;
        String seen = "incoming " + ufw.policy("INPUT") + ", routed " + ufw.policy("FORWARD") + ", at boot "
                + word(ufw.atBoot()) + ", now " + word(ufw.loaded());
        if (!ufw.installed()) {
            return fail(name, "has no UFW: every port is open to whoever reaches the host")
                    .fix(fix);
        }
        List<String> wrong = wrong(ufw);
        if (!wrong.isEmpty()) {
            return fail(name, String.join("; ", wrong)).by(seen).fix(fix);
        }
        return ufw.policy("FORWARD").equals("ACCEPT")
                ? pass(name, "the firewall is at work").by(seen)
                : warn(name, "routed packets are refused but for what flannel lets through")
                        .by(seen)
                        .fix(fix);
    }

    private static List<String> wrong(Ufw ufw) {
        List<String> wrong = new ArrayList<>();
        if (!ufw.loaded()) {
            wrong.add(ufw.atBoot() ? "the firewall is on in its files and not in the kernel" : "the firewall is off");
        } else if (!ufw.atBoot()) {
            wrong.add("the firewall does not start at boot");
        }
        if (ufw.policy("INPUT").equals("ACCEPT")) {
            wrong.add("the firewall lets in whatever no rule forbids");
        }
        if (ufw.loaded() && !ufw.policy("FORWARD").equals("ACCEPT") && !ufw.flannelForwards()) {
            wrong.add("the firewall refuses routed packets, which all of pods' are");
        }
        return wrong;
    }

    private static String word(boolean on) {
        return on ? "on" : "off";
    }
}

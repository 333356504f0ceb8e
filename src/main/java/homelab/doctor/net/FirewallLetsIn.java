package homelab.doctor.net;

import homelab.doctor.Finding;
import homelab.doctor.HostCheck;
import homelab.doctor.House;
import homelab.model.Node;
import homelab.probe.Probe;
import java.util.ArrayList;
import java.util.List;

/** NET-002: whatever the cluster needs gets in by UFW's rules, the first that matches deciding. */
final class FirewallLetsIn implements HostCheck<Ufw> {

    @Override
    public String id() {
        return "NET-002";
    }

    @Override
    public Probe<Ufw> probe(Node node) {
        return Ufw.PROBE;
    }

    @Override
    public Finding judge(House house, Node node, Ufw ufw) {
        String name = node.name().text();
        if (!ufw.installed() || !ufw.loaded()) {
            return absent(name, "no UFW is at work (NET-001)");
        }
        List<String> refused = new ArrayList<>();
        List<String> doubtful = new ArrayList<>();
        for (Needed needed : Needed.of(house.cluster(), node)) {
            Ufw.Ruling ruling = ufw.ruling(needed.traffic());
            if (!ruling.allowed()) {
                (needed.vital() ? refused : doubtful).add(needed.text() + ": refused by " + ruling.by());
            } else {
                ruling.refusedInPart()
                        .ifPresent(rule -> doubtful.add(needed.text() + ": refused in part by " + rule.text()));
            }
        }
        return told(name, refused, doubtful);
    }

    private Finding told(String name, List<String> refused, List<String> doubtful) {
        String fix = "homelab bootstrap --only firewall --node " + name;
        if (!refused.isEmpty()) {
            List<String> all = new ArrayList<>(refused);
            all.addAll(doubtful);
            return fail(name, "the firewall refuses what the cluster needs")
                    .by(all)
                    .fix(fix);
        }
        return doubtful.isEmpty()
                ? pass(name, "the firewall lets in what the cluster needs")
                : warn(name, "the firewall refuses some of what the cluster may need")
                        .by(doubtful)
                        .fix("sudo ufw status numbered, and: sudo ufw delete NUMBER");
    }
}

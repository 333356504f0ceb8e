package homelab.doctor.host;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Seen;
import homelab.model.Access;
import homelab.model.Node;
import homelab.probe.Reading;
import java.util.List;

/** HOST-001: the host answers, and lets us look as root. */
final class Reached implements Check {

    @Override
    public String id() {
        return "HOST-001";
    }

    @Override
    public List<Finding> judge(House house) {
        return house.cluster().nodes().stream()
                .map(node -> house.unreachable(node).map(why -> lost(node, why)).orElseGet(() -> found(house, node)))
                .toList();
    }

    private static String fix(Node node) {
        return node.access() instanceof Access.Ssh ssh && !ssh.user().equals("root")
                ? "on the node: echo '" + ssh.user() + " ALL=(ALL) NOPASSWD: ALL' | sudo tee /etc/sudoers.d/010_homelab"
                : "run homelab as root there, or as a user who may become root without a password";
    }

    private Finding lost(Node node, Seen.Unreachable seen) {
        return fail(node.name().text(), "is not reached").by(seen.why()).fix(seen.fix());
    }

    /** A host that answers nothing at all lets nobody look: sudo refused, or the connection was lost. */
    private Finding found(House house, Node node) {
        if (!house.reached(node)) {
            return unknown(node.name().text(), "was not looked at");
        }
        return house.fact(node, facts -> facts.bootId()) instanceof Reading.Unknown<String> blind
                ? fail(node.name().text(), "answers, but lets nobody look")
                        .by(blind.why())
                        .fix(fix(node))
                : pass(node.name().text(), "answers");
    }
}

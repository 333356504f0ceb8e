package homelab.check;

import homelab.check.Condition.Name;
import homelab.check.HostView.UnitView;
import homelab.model.Node;
import homelab.probe.Reading;

/** Conditions that a host shows by itself. */
final class HostConditions {
    private HostConditions() {}

    static Condition reachable(Node node, Snapshot snapshot) {
        String subject = node.name().text();
        HostView view = snapshot.hosts().get(node.name());
        if (view instanceof HostView.Unreachable unreachable) {
            return Condition.bad(Name.HostReachable, subject, unreachable.why(), unreachable.fix());
        }
        return view == null
                ? Condition.unknown(Name.HostReachable, subject, "it was not looked at", "homelab status")
                : Condition.ok(Name.HostReachable, subject, "it answers");
    }

    static Condition unitActive(Node node, Snapshot snapshot) {
        String subject = node.name().text();
        if (!(snapshot.hosts().get(node.name()) instanceof HostView.Reached host)) {
            return Condition.unknown(Name.UnitActive, subject, "the host could not be looked at", "");
        }
        if (host.unit() instanceof Reading.Unknown<UnitView> unknown) {
            return Condition.unknown(Name.UnitActive, subject, unknown.why(), "");
        }
        return judge(node, ((Reading.Known<UnitView>) host.unit()).value());
    }

    private static Condition judge(Node node, UnitView unit) {
        String subject = node.name().text();
        String name = node.role().unit();
        if (unit.load().equals("not-found")) {
            return Condition.bad(Name.UnitActive, subject, name + " is not installed", "homelab bootstrap");
        }
        if (!unit.active().equals("active")) {
            return Condition.bad(
                    Name.UnitActive,
                    subject,
                    name + " is " + unit.active() + " (" + unit.sub() + ")",
                    "see why on " + subject + ": sudo journalctl -u " + name + " -n 50; then homelab bootstrap");
        }
        return Condition.ok(Name.UnitActive, subject, name + " is active");
    }
}

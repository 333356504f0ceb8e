package homelab.doctor.host;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.facts.Facts;
import homelab.model.Node;
import homelab.probe.Reading;
import java.time.Instant;
import java.util.List;

/** HOST-006: the clock is right, and something keeps it so. */
final class TimeKept implements Check {
    private static final long WARN_MILLIS = 500;
    private static final long FAIL_MILLIS = 2000;
    private static final Instant NO_CLOCK = Instant.parse("2024-01-01T00:00:00Z");

    @Override
    public String id() {
        return "HOST-006";
    }

    @Override
    public List<Finding> judge(House house) {
        return house.cluster().nodes().stream().map(node -> judge(house, node)).toList();
    }

    private Finding judge(House house, Node node) {
        String name = node.name().text();
        Reading<Facts.Time> time = house.fact(node, Facts::time);
        Reading<Long> skew = house.fact(node, Facts::clock);
        if (!(time instanceof Reading.Known<Facts.Time> kept) || !(skew instanceof Reading.Known<Long> off)) {
            return unknown(name, "its clock could not be read");
        }
        String seen = off.value() + " ms beside ours, at " + kept.value().at() + ", kept by "
                + (kept.value().service().isEmpty() ? "nothing" : kept.value().service());
        String fix = "homelab bootstrap --only host --node " + name;
        if (Math.abs(off.value()) > FAIL_MILLIS || kept.value().at().isBefore(NO_CLOCK)) {
            return fail(name, "its clock is off by " + off.value() / 1000 + " s")
                    .by(seen)
                    .fix(fix);
        }
        if (!kept.value().synced()) {
            return warn(name, "nothing keeps its clock").by(seen).fix(fix);
        }
        return Math.abs(off.value()) > WARN_MILLIS
                ? warn(name, "its clock is off by " + off.value() + " ms")
                        .by(seen)
                        .fix(fix)
                : pass(name, "its clock is right").by(seen);
    }
}

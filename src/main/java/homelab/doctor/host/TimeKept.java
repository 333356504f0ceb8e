package homelab.doctor.host;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.facts.Facts;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Probe;
import homelab.probe.Reading;
import java.time.Duration;
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
    public List<Probe<?>> probes(Cluster cluster, Node node) {
        return List.of(Contained.PROBE);
    }

    @Override
    public List<String> mendedBy() {
        return List.of("time service");
    }

    @Override
    public List<Finding> judge(House house) {
        return house.cluster().nodes().stream().map(node -> judge(house, node)).toList();
    }

    private Finding judge(House house, Node node) {
        String name = node.name().text();
        Reading<Facts.Time> time = house.fact(node, Facts::time);
        Reading<Long> skew = house.fact(node, Facts::clock);
        if (!(time instanceof Reading.Known<Facts.Time> kept)) {
            return unknown(name, ((Reading.Unknown<Facts.Time>) time).why());
        }
        if (!(skew instanceof Reading.Known<Long> off)) {
            return unknown(name, ((Reading.Unknown<Long>) skew).why());
        }
        String seen = off.value() + " ms beside ours, at " + kept.value().at() + ", kept by "
                + (kept.value().service().matches("(none)?")
                        ? "nothing"
                        : kept.value().service());
        String fix = "homelab bootstrap --only host --node " + name;
        long certain = certain(house, node, off.value());
        if (certain > FAIL_MILLIS || kept.value().at().isBefore(NO_CLOCK)) {
            return fail(name, "its clock is off by " + off.value() / 1000 + " s")
                    .by(seen)
                    .fix(fix);
        }
        if (!kept.value().synced() && !Contained.is(house, node)) {
            return warn(name, "nothing keeps its clock").by(seen).fix(fix);
        }
        return certain > WARN_MILLIS
                ? warn(name, "its clock is off by " + off.value() + " ms")
                        .by(seen)
                        .fix(fix)
                : pass(name, "its clock is right").by(seen);
    }

    /** The host looked at some moment of the round trip, the middle of which is only a guess. */
    private static long certain(House house, Node node, long off) {
        long half = house.trip(node)
                .map(trip -> Duration.between(trip.sent(), trip.received()).toMillis() / 2)
                .orElse(0L);
        return Math.max(0, Math.abs(off) - half);
    }
}

package homelab.phase;

import static homelab.plan.Finding.refuse;
import static homelab.plan.Finding.warn;

import homelab.facts.Facts;
import homelab.facts.Facts.Time;
import homelab.model.Node;
import homelab.plan.Finding;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rules about one host's clock. A Pi without a battery begins where it was switched off, or in 1970; certificates made
 * then are not valid for anybody else.
 */
final class PreflightClock {
    private static final Duration SLACK = Duration.ofMinutes(5);

    private PreflightClock() {}

    static List<Finding> judge(Node node, Facts facts) {
        List<Finding> findings = new ArrayList<>();
        facts.time().known().ifPresent(time -> {
            past(node, facts, time).ifPresent(findings::add);
            source(node, facts, time).ifPresent(findings::add);
        });
        return findings;
    }

    /** Where k3s has its certificates already, the next run may well be what brings the clock to rights. */
    private static Optional<Finding> past(Node node, Facts facts, Time time) {
        Instant newest = facts.newest().known().orElse(Instant.EPOCH);
        if (!time.at().plus(SLACK).isBefore(newest)) {
            return Optional.empty();
        }
        String what = node.name() + ": its clock is in the past";
        String why = "it says " + second(time.at()) + ", and a file of its own was written " + second(newest);
        String fix =
                "on " + node.name() + ": sudo timedatectl set-ntp true, and wait until timedatectl says synchronized"
                        + "; without a way to a time server: sudo date -s \"$(date -u)\" with a right clock's time";
        boolean bare = Preflight.bare(facts);
        return Optional.of(bare ? refuse(what, why, fix) : warn(what, why, fix));
    }

    private static String second(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** A host without a time service gets one; one whose service finds nobody has to be helped. */
    private static Optional<Finding> source(Node node, Facts facts, Time time) {
        boolean alone = !time.synced() && !time.service().equals("none");
        return alone && !facts.container().known().orElse(false)
                ? Optional.of(warn(
                        node.name() + ": its clock follows nobody",
                        time.service() + " runs and has reached no time server yet",
                        "let 123/udp out, or name a server of your own network in " + file(time.service())))
                : Optional.empty();
    }

    private static String file(String service) {
        return switch (service) {
            case "systemd-timesyncd" -> "/etc/systemd/timesyncd.conf (NTP=)";
            case "chrony" -> "/etc/chrony/chrony.conf";
            default -> "its configuration";
        };
    }
}

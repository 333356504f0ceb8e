package homelab.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** From what was written down to what likely led to what. Each boot that was cut off begins a chain. */
final class Chain {
    private static final Duration TOGETHER = Duration.ofMinutes(2);
    private static final Duration BEFORE = Duration.ofMinutes(15);
    private static final Duration AFTER = Duration.ofHours(1);

    private final List<Happening> timeline;

    private final boolean whole;

    private Chain(List<Happening> timeline, boolean whole) {
        this.timeline = timeline;
        this.whole = whole;
    }

    /** @param whole whether every node could be read; else nothing is said of what did not happen */
    static List<Link> of(List<Happening> timeline, boolean whole) {
        return new Chain(timeline, whole).links();
    }

    private List<Link> links() {
        List<Link> links = new ArrayList<>();
        Optional<Happening> previous = Optional.empty();
        for (Happening cut :
                timeline.stream().filter(each -> each.kind() == Kind.CUT).toList()) {
            boolean same = previous.filter(
                            first -> between(first.at(), cut.at()).compareTo(TOGETHER) <= 0)
                    .isPresent();
            if (!same) {
                links.add(cause(cut));
                links.addAll(consequences(cut.at()));
                previous = Optional.of(cut);
            }
        }
        if (links.isEmpty()) {
            timeline.stream().filter(Chain::bad).map(Chain::alone).forEach(links::add);
        }
        return links.stream().sorted(Comparator.comparing(Link::at)).toList();
    }

    private static Duration between(Instant a, Instant b) {
        return Duration.between(a, b).abs();
    }

    private Link cause(Happening cut) {
        Set<String> nodes = timeline.stream()
                .filter(each ->
                        each.kind() == Kind.CUT && between(each.at(), cut.at()).compareTo(TOGETHER) <= 0)
                .map(Happening::node)
                .collect(Collectors.toCollection(TreeSet::new));
        String who = String.join(", ", nodes);
        return nodes.size() > 1
                ? new Link(
                        cut.at(),
                        who + ": the power failed",
                        "their boots ended within two minutes, without a shutdown",
                        true,
                        "an uninterruptible power supply; homelab harden makes nodes heal themselves after it")
                : before(cut).map(sign -> bySign(cut, sign)).orElseGet(() -> power(cut));
    }

    private Link power(Happening cut) {
        return new Link(
                cut.at(),
                cut.node() + ": the power failed, or somebody pulled the plug",
                whole
                        ? "its boot ended without a shutdown, no other's did, and nothing before it tells of trouble"
                        : "its boot ended without a shutdown; not every node could be read, so it may have been the whole house",
                false,
                whole ? "a look at its supply and its plug" : "homelab incident, once all nodes answer");
    }

    /** The worst sign on the node in the quarter of an hour before; of a watchdog, at the boot after. */
    private Optional<Happening> before(Happening cut) {
        Set<Kind> signs = EnumSet.of(Kind.POWER, Kind.PANIC, Kind.STALL, Kind.NFS, Kind.DISK, Kind.MEMORY);
        Stream<Happening> earlier = timeline.stream()
                .filter(each -> signs.contains(each.kind()))
                .filter(each -> !each.last().isAfter(cut.at())
                        && between(each.last(), cut.at()).compareTo(BEFORE) <= 0);
        Stream<Happening> reset = timeline.stream()
                .filter(each -> each.kind() == Kind.WATCHDOG)
                .filter(each -> between(each.at(), cut.at()).compareTo(BEFORE) <= 0);
        return Stream.concat(earlier, reset)
                .filter(each -> each.node().equals(cut.node()))
                .min(Comparator.comparing(Happening::kind));
    }

    private static Link bySign(Happening cut, Happening sign) {
        return new Link(
                cut.at(),
                cut.node() + ": " + Cure.cause(sign.kind()),
                "shortly before: " + sign.text(),
                sign.kind() == Kind.PANIC || sign.kind() == Kind.WATCHDOG,
                Cure.of(sign.kind()));
    }

    /** One link for each kind of what came in the hour after. */
    private List<Link> consequences(Instant cut) {
        List<Link> links = new ArrayList<>();
        for (Kind kind :
                List.of(Kind.CLOCK, Kind.FILES, Kind.ETCD, Kind.SANDBOX, Kind.CSI, Kind.POD, Kind.HOMELAB, Kind.NODE)) {
            List<Happening> after = timeline.stream()
                    .filter(each -> each.kind() == kind && !each.node().startsWith("("))
                    .filter(each ->
                            !each.at().isBefore(cut) && between(cut, each.at()).compareTo(AFTER) <= 0)
                    .filter(Chain::tells)
                    .toList();
            if (!after.isEmpty()) {
                links.add(consequence(kind, after));
            }
        }
        return links;
    }

    /** A clock that was right, and a reaper that had nothing to do, are no consequence. */
    private static boolean tells(Happening each) {
        return switch (each.kind()) {
            case CLOCK -> each.text().contains("clock was set") || each.text().contains("not set");
            case HOMELAB -> !each.text().endsWith("the node is Ready");
            default -> true;
        };
    }

    private static Link consequence(Kind kind, List<Happening> after) {
        Set<String> nodes = after.stream().map(Happening::node).collect(Collectors.toCollection(TreeSet::new));
        int times = after.stream().mapToInt(Happening::times).sum();
        String what = String.join(", ", nodes) + ": " + kind.title() + (times > 1 ? ", " + times + " times" : "");
        return new Link(after.get(0).at(), what, after.get(0).text(), true, Cure.of(kind));
    }

    private static boolean bad(Happening happening) {
        return EnumSet.of(
                        Kind.WATCHDOG,
                        Kind.POWER,
                        Kind.MEMORY,
                        Kind.STALL,
                        Kind.PANIC,
                        Kind.DISK,
                        Kind.NFS,
                        Kind.SANDBOX,
                        Kind.CSI)
                .contains(happening.kind());
    }

    private static Link alone(Happening happening) {
        String times = happening.times() > 1 ? ", " + happening.times() + " times" : "";
        return new Link(
                happening.at(),
                happening.node() + ": " + happening.kind().title() + times,
                happening.text(),
                true,
                Cure.of(happening.kind()));
    }
}

package homelab.doctor.sto;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import homelab.probe.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** STO-004: Longhorn's volumes have all their copies, and its nodes and disks take new ones. */
final class Volumes implements Check {
    private static final Duration WARN = Duration.ofHours(1);
    private static final Duration FAIL = Duration.ofHours(24);

    @Override
    public String id() {
        return "STO-004";
    }

    @Override
    public List<Listing> listings() {
        return List.of(Longhorn.VOLUMES, Longhorn.NODES);
    }

    @Override
    public List<Finding> judge(House house) {
        for (Listing listing : listings()) {
            if (house.list(listing) instanceof Reading.Unknown<?> unknown) {
                return List.of(unlisted(house, listing, unknown.why()));
            }
        }
        List<Finding> findings = new ArrayList<>();
        Item.of(house, Longhorn.VOLUMES).forEach(volume -> volume(house, volume).ifPresent(findings::add));
        Item.of(house, Longhorn.NODES).forEach(node -> node(node).ifPresent(findings::add));
        return findings.isEmpty()
                ? List.of(
                        pass("cluster", Item.of(house, Longhorn.VOLUMES).size() + " volumes have what they were given"))
                : findings;
    }

    private Finding unlisted(House house, Listing listing, String why) {
        if (!why.equals(Listing.NOT_INSTALLED)) {
            return unknown("cluster", listing.name() + ": " + why);
        }
        return house.cluster().addons().longhorn()
                ? fail("cluster", "Longhorn is in the inventory, and not in the cluster")
                        .fix("homelab addons apply longhorn")
                : absent("cluster", Longhorn.ABSENT);
    }

    private Optional<Finding> volume(House house, Item volume) {
        String subject = Longhorn.subject(volume);
        String robustness = volume.text("status.robustness");
        if (robustness.equals("faulted")) {
            return Optional.of(fail(subject, "no copy of it can be read")
                    .by("robustness faulted, " + volume.text("status.state"))
                    .fix("homelab storage; then restore it from a backup, or bring back the node that held it"));
        }
        if (!robustness.equals("degraded")) {
            return Optional.empty();
        }
        Optional<Instant> since = volume.time("status.lastDegradedAt");
        Duration lasts =
                since.map(begun -> Duration.between(begun, house.now())).orElse(WARN);
        if (lasts.compareTo(WARN) < 0) {
            return Optional.empty(); // a copy is usually made again by then
        }
        Finding finding = lasts.compareTo(FAIL) > 0
                ? fail(subject, "has lacked a copy for more than a day")
                : warn(subject, "lacks a copy");
        return Optional.of(since.map(finding::since)
                .orElse(finding)
                .by("robustness degraded since " + since.map(Instant::toString).orElse("a time that is not told")
                        + "; warns after " + WARN.toHours() + " h, fails after " + FAIL.toHours() + " h")
                .fix("homelab storage shows which node lacks its copy, homelab status whether it is there"));
    }

    private Optional<Finding> node(Item node) {
        List<String> wrong = new ArrayList<>();
        untrue(wrong, "node", node.items("status.conditions"), List.of("Ready"));
        boolean lost = !wrong.isEmpty();
        node.at("status.diskStatus")
                .json()
                .properties()
                .forEach(disk -> untrue(
                        wrong,
                        "disk " + disk.getValue().path("diskPath").asText(disk.getKey()),
                        new Item(disk.getValue()).items("conditions"),
                        List.of("Ready", "Schedulable")));
        if (wrong.isEmpty()) {
            return Optional.empty();
        }
        Finding finding = lost
                ? fail(node.name(), "Longhorn does not reach it")
                : warn(node.name(), "Longhorn puts nothing new on a disk of it");
        return Optional.of(finding.by(wrong)
                .fix(lost ? "homelab status" : "homelab storage shows how full it is; free space, or add a disk"));
    }

    private static void untrue(List<String> wrong, String what, List<Item> conditions, List<String> types) {
        conditions.stream()
                .filter(one -> types.contains(one.text("type")) && one.is("status", "False"))
                .forEach(one -> wrong.add(
                        what + ": not " + one.text("type") + ", " + one.text("reason") + " " + one.text("message")));
    }
}

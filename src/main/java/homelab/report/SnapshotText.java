package homelab.report;

import homelab.snapshot.About;
import homelab.snapshot.Copy;
import homelab.snapshot.Integrity;
import homelab.snapshot.Place;
import homelab.snapshot.Taken;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The snapshots that there are, the newest first. */
public final class SnapshotText {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);

    private final Terminal terminal;
    private final Instant now;
    private final List<Copy> copies;

    /** @param copies of these and of others that no server has any more, sealed, wherever they lie */
    public SnapshotText(Terminal terminal, Instant now, List<Copy> copies) {
        this.terminal = terminal;
        this.now = now;
        this.copies = List.copyOf(copies);
    }

    /** @param looked into which of them, and what was seen */
    public String of(List<Taken> snapshots, Map<Taken, Integrity> looked) {
        if (snapshots.isEmpty() && copies.isEmpty()) {
            return "there is no snapshot of etcd\n";
        }
        List<String> heads = new ArrayList<>(
                List.of("SNAPSHOT", "ON", "TAKEN (UTC)", "AGE", "SIZE", "KEYS", "TOKEN", "SEALED COPIES"));
        if (!looked.isEmpty()) {
            heads.add("FILE");
        }
        Table table = new Table(terminal, heads.toArray(String[]::new));
        snapshots.forEach(snapshot -> table.row(row(snapshot, Optional.ofNullable(looked.get(snapshot)))));
        left(snapshots, copies).forEach((name, of) -> table.row(row(of)));
        String sentence = String.join("\n", Fold.lines(sentence(snapshots), terminal.width()));
        return table.text() + sentence + "\n";
    }

    private List<String> row(Taken snapshot, Optional<Integrity> seen) {
        List<String> cells = new ArrayList<>(List.of(
                snapshot.name(),
                snapshot.isElsewhere() ? snapshot.place() : snapshot.server().text(),
                MINUTE.format(snapshot.at()),
                age(snapshot.at()),
                size(snapshot.bytes()),
                snapshot.about().flatMap(About::keys).map(String::valueOf).orElse("-"),
                snapshot.about().isPresent() ? "beside it" : "not kept",
                words(copies.stream()
                        .filter(copy -> copy.name().equals(snapshot.name()))
                        .toList())));
        seen.ifPresent(integrity -> cells.add(integrity.words()));
        return cells;
    }

    /** One that lies sealed only. */
    private List<String> row(List<Copy> of) {
        Copy one = of.get(0);
        return List.of(
                one.name(), "-", MINUTE.format(one.at()), age(one.at()), size(one.bytes()), "-", "inside", words(of));
    }

    /** Those of which no server has the snapshot, by its name. */
    private static Map<String, List<Copy>> left(List<Taken> snapshots, List<Copy> copies) {
        Set<String> there = snapshots.stream().map(Taken::name).collect(Collectors.toSet());
        return copies.stream()
                .filter(copy -> !there.contains(copy.name()))
                .collect(Collectors.groupingBy(Copy::name, LinkedHashMap::new, Collectors.toList()));
    }

    private static String words(List<Copy> of) {
        return of.isEmpty() ? "-" : of.stream().map(SnapshotText::word).collect(Collectors.joining(", "));
    }

    private static String word(Copy copy) {
        String where =
                copy.place() instanceof Place.Here ? "here" : copy.place().toString();
        return copy.isCut() ? where + " (not whole)" : where;
    }

    private static String size(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1L << 20));
    }

    private String age(Instant at) {
        Duration age = Duration.between(at, now);
        if (age.toMinutes() < 120) {
            return Math.max(0, age.toMinutes()) + " min";
        }
        return age.toHours() < 72 ? age.toHours() + " h" : age.toDays() + " d";
    }

    /** What would be left if the servers burned. */
    private String sentence(List<Taken> snapshots) {
        Stream<Instant> inS3 = snapshots.stream().filter(Taken::isElsewhere).map(Taken::at);
        Stream<Instant> sealed = copies.stream().filter(copy -> !copy.isCut()).map(Copy::at);
        return Stream.concat(inS3, sealed)
                .max(Comparator.naturalOrder())
                .map(at -> "the newest that would outlive the servers is of " + DAY.format(at))
                .orElse(
                        "none is known of that would outlive the servers: homelab snapshot pull brings one here, sealed");
    }

    public static String json(List<Taken> snapshots, Map<Taken, Integrity> looked, List<Copy> copies) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(
                "snapshots",
                snapshots.stream()
                        .map(one -> tree(one, Optional.ofNullable(looked.get(one)), isHere(one, copies)))
                        .toList());
        tree.put("copies", copies.stream().map(SnapshotText::tree).toList());
        return Json.document("snapshots/v1", tree);
    }

    private static boolean isHere(Taken snapshot, List<Copy> copies) {
        return copies.stream()
                .anyMatch(copy ->
                        copy.place() instanceof Place.Here && copy.name().equals(snapshot.name()));
    }

    private static Map<String, Object> tree(Copy copy) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("snapshot", copy.name());
        tree.put("place", copy.place().toString());
        tree.put("bytes", copy.bytes());
        tree.put("taken", copy.at().toString());
        tree.put("whole", !copy.isCut());
        copy.note().ifPresent(note -> tree.put("sha256", note.sha256()));
        return tree;
    }

    private static Map<String, Object> tree(Taken snapshot, Optional<Integrity> seen, boolean here) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", snapshot.name());
        tree.put("server", snapshot.server().text());
        tree.put("place", snapshot.place());
        tree.put("bytes", snapshot.bytes());
        tree.put("taken", snapshot.at().toString());
        tree.put("here", here);
        tree.put("tokenKept", snapshot.about().isPresent());
        snapshot.about().ifPresent(about -> {
            tree.put("version", about.version());
            tree.put("clusterCaSha256", about.ca());
            about.revision().ifPresent(revision -> tree.put("revision", revision));
            about.keys().ifPresent(keys -> tree.put("keys", keys));
        });
        seen.ifPresent(integrity -> tree.put("file", integrity.words()));
        return tree;
    }
}

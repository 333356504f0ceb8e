package homelab.report;

import homelab.snapshot.About;
import homelab.snapshot.Integrity;
import homelab.snapshot.Taken;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The snapshots that there are, the newest first. */
public final class SnapshotText {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);

    private final Terminal terminal;
    private final Instant now;
    private final Set<String> here;

    /** @param here names of those that were pulled */
    public SnapshotText(Terminal terminal, Instant now, Set<String> here) {
        this.terminal = terminal;
        this.now = now;
        this.here = Set.copyOf(here);
    }

    /** @param looked into which of them, and what was seen */
    public String of(List<Taken> snapshots, Map<Taken, Integrity> looked) {
        if (snapshots.isEmpty()) {
            return "there is no snapshot of etcd\n";
        }
        List<String> heads =
                new ArrayList<>(List.of("SNAPSHOT", "ON", "TAKEN (UTC)", "AGE", "SIZE", "KEYS", "TOKEN", "HERE"));
        if (!looked.isEmpty()) {
            heads.add("FILE");
        }
        Table table = new Table(terminal, heads.toArray(String[]::new));
        snapshots.forEach(snapshot -> table.row(row(snapshot, Optional.ofNullable(looked.get(snapshot)))));
        String sentence = String.join("\n", Fold.lines(sentence(snapshots), terminal.width()));
        return table.text() + sentence + "\n";
    }

    private List<String> row(Taken snapshot, Optional<Integrity> seen) {
        List<String> cells = new ArrayList<>(List.of(
                snapshot.name(),
                snapshot.isElsewhere() ? snapshot.place() : snapshot.server().text(),
                MINUTE.format(snapshot.at()),
                age(snapshot.at()),
                String.format(Locale.ROOT, "%.1f MiB", snapshot.bytes() / (double) (1L << 20)),
                snapshot.about().flatMap(About::keys).map(String::valueOf).orElse("-"),
                snapshot.about().isPresent() ? "beside it" : "not kept",
                here.contains(snapshot.name()) ? "sealed" : "-"));
        seen.ifPresent(integrity -> cells.add(integrity.words()));
        return cells;
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
        return snapshots.stream()
                .filter(snapshot -> snapshot.isElsewhere() || here.contains(snapshot.name()))
                .findFirst()
                .map(away -> "the newest that would outlive the servers is of " + DAY.format(away.at()))
                .orElse("all lie on the servers themselves: homelab snapshot pull brings one here, sealed");
    }

    public static String json(List<Taken> snapshots, Map<Taken, Integrity> looked, Set<String> here) {
        return Json.document(
                "snapshots/v1",
                Map.of(
                        "snapshots",
                        snapshots.stream()
                                .map(one -> tree(one, Optional.ofNullable(looked.get(one)), here.contains(one.name())))
                                .toList()));
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

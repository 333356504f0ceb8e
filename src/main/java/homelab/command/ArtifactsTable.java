package homelab.command;

import homelab.artifact.Cache;
import homelab.artifact.Kept;
import homelab.artifact.Pinned;
import homelab.report.Json;
import homelab.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The pinned files beside those that are here, for people or for programs. */
record ArtifactsTable(Io io, Cache cache, boolean json) {
    private static final int SHORT = 12;

    Map<String, Kept> bySum() {
        return Kept.in(cache).stream().collect(Collectors.toMap(Kept::sha256, kept -> kept));
    }

    /** @param state what is said of each file */
    void print(List<Pinned> pinned, Function<Pinned, String> state) {
        Map<String, Kept> kept = bySum();
        List<Row> rows = pinned.stream()
                .map(one -> new Row(one, bytes(kept, one), state.apply(one)))
                .toList();
        long all = kept.values().stream().mapToLong(Kept::bytes).sum();
        if (json) {
            List<Map<String, Object>> files = new ArrayList<>();
            rows.forEach(row -> files.add(row.document()));
            io.out().print(Json.document("artifacts/v1", Map.of("files", files, "cacheBytes", all)));
        } else {
            Table table = new Table(io.outTerminal(), "GROUP", "FILE", "SHA-256", "MiB", "STATE");
            rows.forEach(row -> table.row(row.cells()));
            io.out().print(table.text());
            io.err().println("the cache " + cache.root() + " holds " + kept.size() + " files, " + mib(all) + " MiB");
        }
    }

    private static long bytes(Map<String, Kept> kept, Pinned one) {
        return Optional.ofNullable(kept.get(one.sha256())).map(Kept::bytes).orElse(0L);
    }

    private record Row(Pinned file, long bytes, String state) {
        List<String> cells() {
            return List.of(file.group(), file.name(), brief(file.sha256()), mib(bytes), state);
        }

        Map<String, Object> document() {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("group", file.group());
            document.put("name", file.name());
            document.put("sha256", file.sha256());
            document.put("bytes", bytes);
            document.put("state", state);
            return document;
        }
    }

    static String brief(String sha256) {
        return sha256.substring(0, SHORT);
    }

    static String mib(long bytes) {
        return String.valueOf((bytes + (1 << 20) - 1) >> 20);
    }
}

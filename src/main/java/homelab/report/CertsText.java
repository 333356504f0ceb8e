package homelab.report;

import homelab.doctor.k3s.CertificateFiles.Held;
import homelab.model.Node;
import homelab.probe.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** When certificates end, the first of each node first. */
public record CertsText(Terminal terminal, Instant now) {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);

    public String of(Map<Node, Reading<List<Held>>> held) {
        Table table = new Table(terminal, "NODE", "CERTIFICATE", "ENDS", "DAYS", "");
        held.forEach((node, read) -> {
            if (read instanceof Reading.Unknown<List<Held>> unknown) {
                table.row(List.of(node.name().text(), "?", "?", "?", unknown.why()));
            }
            sorted(read)
                    .forEach(one -> table.row(List.of(
                            node.name().text(),
                            one.file(),
                            DAY.format(one.ends()),
                            String.valueOf(days(one)),
                            one.authority() ? "signs others" : "")));
        });
        return table.text();
    }

    public String json(Map<Node, Reading<List<Held>>> held) {
        List<Map<String, Object>> all = new ArrayList<>();
        held.forEach((node, read) -> {
            if (read instanceof Reading.Unknown<List<Held>> unknown) {
                all.add(Map.of("node", node.name().text(), "unknown", unknown.why()));
            }
            sorted(read).forEach(one -> all.add(entry(node, one)));
        });
        return Json.document("certificates/v1", Map.of("certificates", all));
    }

    private Map<String, Object> entry(Node node, Held one) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("node", node.name().text());
        entry.put("file", one.file());
        entry.put("ends", one.ends().toString());
        entry.put("days", days(one));
        entry.put("authority", one.authority());
        return entry;
    }

    private static List<Held> sorted(Reading<List<Held>> read) {
        return read.known().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Held::ends).thenComparing(Held::file))
                .toList();
    }

    private long days(Held one) {
        return Duration.between(now, one.ends()).toDays();
    }
}

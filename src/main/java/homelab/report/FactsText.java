package homelab.report;

import homelab.facts.Facts;
import homelab.facts.K3sState;
import homelab.model.NodeName;
import homelab.probe.Reading;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What the hosts are: a table of the most asked, or everything as JSON (schema {@code homelab/facts/v1}). */
public final class FactsText {

    private FactsText() {}

    public static String table(Map<NodeName, Facts> facts, Terminal terminal) {
        Table table =
                new Table(terminal, "NODE", "OS", "KERNEL", "ARCH", "MODEL", "CPU", "MEMORY", "DISK", "CLOCK", "K3S");
        facts.forEach((name, host) -> table.row(List.of(
                name.text(),
                told(host.os(), Facts.Os::pretty),
                told(host.kernel(), text -> text),
                told(host.arch(), text -> text),
                told(host.model(), text -> text.isEmpty() ? "-" : text),
                told(host.cpus(), String::valueOf),
                told(host.memoryBytes(), bytes -> gib(bytes)),
                told(host.disks(), FactsText::disk),
                told(host.clock(), skew -> skew + " ms"),
                told(host.k3s(), FactsText::k3s))));
        return table.text();
    }

    public static String json(Map<NodeName, Facts> facts) {
        Map<String, Object> hosts = new LinkedHashMap<>();
        facts.forEach((name, host) -> hosts.put(name.text(), RecordTree.fields(host)));
        return Json.document("facts/v1", Map.of("hosts", hosts));
    }

    private static <T> String told(Reading<T> reading, Function<T, String> how) {
        return reading instanceof Reading.Unknown<T> unknown
                ? "? " + unknown.why()
                : reading.known().map(how).orElse("");
    }

    private static String disk(List<Facts.Disk> disks) {
        return disks.isEmpty()
                ? "-"
                : gib(disks.get(disks.size() - 1).freeBytes()) + " free, "
                        + disks.get(disks.size() - 1).medium();
    }

    private static String k3s(K3sState state) {
        return state.version().map(version -> version + " " + state.active()).orElse("-");
    }

    private static String gib(long bytes) {
        return String.format(java.util.Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
    }
}

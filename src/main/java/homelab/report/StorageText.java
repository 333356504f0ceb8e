package homelab.report;

import homelab.storage.Copy;
import homelab.storage.Disk;
import homelab.storage.Risk;
import homelab.storage.Storage;
import homelab.storage.Volume;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Where the data lies, and what goes with which node. */
public final class StorageText {
    private final Terminal terminal;

    public StorageText(Terminal terminal) {
        this.terminal = terminal;
    }

    public String of(Storage storage) {
        StringBuilder text = new StringBuilder();
        if (!storage.volumes().isEmpty()) {
            Table volumes = new Table(terminal, "VOLUME", "KIND", "SIZE", "STATE", "COPIES", "IF A NODE IS LOST");
            storage.volumes().forEach(volume -> volumes.row(row(volume)));
            text.append(volumes.text());
        }
        if (!storage.disks().isEmpty()) {
            Table disks = new Table(terminal, "NODE", "DISK", "FREE", "OF", "PROMISED", "STATE");
            storage.disks().forEach(disk -> disks.row(row(disk)));
            text.append(disks.text());
        }
        String sentence = String.join("\n", Fold.lines(Safe.line(sentence(storage)), terminal.width()));
        return text.append(sentence).append('\n').toString();
    }

    private static List<String> row(Volume volume) {
        String lost = volume.risk() == Risk.ONE_NODE ? " " + String.join(" ", volume.nodes()) : "";
        return List.of(
                volume.title(),
                volume.kind(),
                size(volume.bytes()),
                volume.state(),
                copies(volume),
                volume.risk().words() + lost);
    }

    private static String copies(Volume volume) {
        if (volume.wanted() == 0) {
            return "-";
        }
        return volume.healthy() + "/" + volume.wanted() + " "
                + volume.copies().stream().map(StorageText::told).sorted().collect(Collectors.joining(" "));
    }

    private static String told(Copy copy) {
        String node = copy.node().isEmpty() ? "nowhere" : copy.node();
        return switch (copy.health()) {
            case HEALTHY -> node;
            case REBUILDING -> node + "(filling)";
            case FAILED -> node + "(failed)";
        };
    }

    private static List<String> row(Disk disk) {
        return List.of(
                disk.node(),
                disk.path(),
                size(disk.free()),
                size(disk.size()),
                size(disk.promised()),
                disk.problem().isEmpty() ? "takes copies" : disk.problem());
    }

    private static String size(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
    }

    /** The answer to the question that one asks: what is gone when a node is. */
    private static String sentence(Storage storage) {
        List<String> parts = new ArrayList<>();
        List<Volume> lost = storage.with(Risk.LOST);
        if (!lost.isEmpty()) {
            parts.add("without any healthy copy: " + titles(lost));
        }
        storage.onlyOn().forEach((node, volumes) -> parts.add("only on " + node + ": " + titles(volumes)));
        List<Volume> degraded = storage.with(Risk.DEGRADED);
        if (!degraded.isEmpty()) {
            parts.add("with fewer copies than asked for: " + titles(degraded));
        }
        if (storage.volumes().isEmpty()) {
            return "there are no volumes";
        }
        return parts.isEmpty() ? "the loss of any one node takes no data of these" : String.join("; ", parts);
    }

    private static String titles(List<Volume> volumes) {
        return volumes.stream().map(Volume::title).collect(Collectors.joining(", "));
    }

    public static String json(Storage storage) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("volumes", storage.volumes().stream().map(StorageText::tree).toList());
        content.put("disks", storage.disks().stream().map(StorageText::tree).toList());
        return Json.document("storage/v1", content);
    }

    private static Map<String, Object> tree(Volume volume) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", volume.name());
        volume.claim().ifPresent(claim -> tree.put("claim", claim));
        tree.put("kind", volume.kind());
        tree.put("bytes", volume.bytes());
        tree.put("state", volume.state());
        tree.put("wanted", volume.wanted());
        tree.put(
                "copies",
                volume.copies().stream()
                        .map(copy -> Map.of(
                                "node",
                                copy.node(),
                                "health",
                                copy.health().name().toLowerCase(Locale.ROOT)))
                        .toList());
        tree.put("risk", volume.risk().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        return tree;
    }

    private static Map<String, Object> tree(Disk disk) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("node", disk.node());
        tree.put("path", disk.path());
        tree.put("bytes", disk.size());
        tree.put("free", disk.free());
        tree.put("promised", disk.promised());
        tree.put("problem", disk.problem());
        return tree;
    }
}

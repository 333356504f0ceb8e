package homelab.resource.longhorn;

import homelab.resource.Content;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** How Longhorn is told of a folder in which it keeps data. */
final class DiskConfig {
    private DiskConfig() {}

    /** The same for the annotation and for Longhorn's own node, so that one path never becomes two disks. */
    static String name(String path) {
        return "homelab-"
                + Content.sha256(path.getBytes(StandardCharsets.UTF_8)).substring(0, 8);
    }

    /** For the annotation {@code node.longhorn.io/default-disks-config} (Longhorn 1.11, Default Disks and Node Configuration). */
    static String annotation(List<String> paths) {
        return paths.stream()
                .map(path -> "{\"name\":\"" + name(path) + "\",\"path\":\"" + path
                        + "\",\"allowScheduling\":true,\"storageReserved\":0,\"tags\":[]}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** A merge patch of {@code nodes.longhorn.io} that adds the disk. */
    static String patch(String path) {
        return "{\"spec\":{\"disks\":{\"" + name(path) + "\":{\"path\":\"" + path
                + "\",\"diskType\":\"filesystem\",\"allowScheduling\":true,\"evictionRequested\":false,"
                + "\"storageReserved\":0,\"tags\":[]}}}}";
    }
}

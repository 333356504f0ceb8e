package homelab.doctor.etcd;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.doctor.Listing;
import homelab.model.Cluster;
import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Word;
import homelab.snapshot.SnapshotLook;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Snapshots of etcd: the files on a server, and what k3s tells of all of them (k3s docs, "etcd-snapshot"). */
final class SnapshotFiles {
    static final Listing OBJECTS = new Listing(
            "etcdsnapshotfiles",
            "/apis/k3s.cattle.io/v1/etcdsnapshotfiles",
            List.of(
                    "metadata.name",
                    "spec.nodeName",
                    "spec.location",
                    "status.creationTime",
                    "status.readyToUse",
                    "status.error"));

    /** Of the nodes only how old the cluster is. */
    static final Listing NODES =
            new Listing("nodes", "/api/v1/nodes", List.of("metadata.name", "metadata.creationTimestamp"));

    private SnapshotFiles() {}

    /** @param location "file:///…", "s3://…", or "pulled:…" */
    record Taken(Instant at, String location, String error) {
        boolean isInStore() {
            return location.startsWith("s3:");
        }

        boolean isPulled() {
            return location.startsWith("pulled:");
        }
    }

    /** Empty files are left out: a snapshot that broke off. */
    static Probe<List<Taken>> probe(Cluster cluster) {
        String folder = SnapshotLook.folder(cluster);
        String quoted = Word.quoted(folder);
        return Probe.of(
                "doctor:etcd-snapshots", """
                sed 's/^/pulled /' %s 2>/dev/null
                [ -d %s ] || exit 0
                cd %s && for file in *; do [ ! -s "$file" ] || [ ! -f "$file" ] || stat -c '%%Y %%n' "$file"; done | tail -n 500
                """.formatted(SnapshotLook.PULLED, quoted, quoted), SnapshotFiles::parse);
    }

    private static List<Taken> parse(Answer answer) {
        if (!answer.ok()) {
            throw new IllegalStateException("the folder of snapshots cannot be read");
        }
        List<Taken> taken = new ArrayList<>();
        for (String line : answer.text().split("\n")) {
            boolean pulled = line.startsWith("pulled ");
            String[] words = line.replaceFirst("^pulled ", "").strip().split(" ", 2);
            if (words.length == 2 && words[0].matches("\\d{1,12}")) {
                String location = (pulled ? "pulled:" : "file:///") + words[1];
                taken.add(new Taken(Instant.ofEpochSecond(Long.parseLong(words[0])), location, ""));
            }
        }
        return taken;
    }

    static List<Taken> objects(List<JsonNode> objects) {
        List<Taken> taken = new ArrayList<>();
        for (JsonNode object : objects) {
            String location = object.path("spec").path("location").asText();
            String error = object.path("status").path("error").path("message").asText();
            time(object.path("status").path("creationTime").asText())
                    .ifPresent(at -> taken.add(new Taken(at, location, error)));
        }
        return taken;
    }

    static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}

package homelab.snapshot;

import homelab.model.Cluster;
import homelab.model.NodeName;
import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Word;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where snapshots lie on a server, and how they are found there. */
public final class SnapshotLook {
    /** Where homelab keeps what belongs to a snapshot: a folder of its name. k3s would take a file beside it for another. */
    public static final String BESIDE = "/var/lib/homelab/snapshots";

    /** Which one was pulled last, and of which second it is: {@code SECOND NAME}. */
    public static final String PULLED = "/var/lib/homelab/snapshot-pulled";

    private static final String USUAL = "/var/lib/rancher/k3s/server/db/snapshots";

    private SnapshotLook() {}

    /** k3s's own folder for them (docs.k3s.io, "etcd-snapshot"). */
    public static String folder(Cluster cluster) {
        return cluster.k3s().snapshots().getOrDefault("dir", USUAL);
    }

    /** The snapshots on one server, oldest first; empty files are ones that broke off. */
    public static Probe<List<Taken>> on(NodeName server, String folder) {
        return Probe.of(
                "snapshots:" + folder,
                """
                cd %1$s 2>/dev/null || exit 0
                ls -tr | while IFS= read -r file; do
                  if [ ! -f "$file" ] || [ ! -s "$file" ]; then continue; fi
                  case $file in *.part) continue ;; esac
                  echo "file $(stat -c '%%Y %%s' "$file") $file"
                  cat "%2$s/$file/about" 2>/dev/null || :
                done
                """.formatted(Word.quoted(folder), BESIDE),
                answer -> parse(server, folder, answer));
    }

    private static List<Taken> parse(NodeName server, String folder, Answer answer) {
        if (!answer.ok() || answer.cut()) {
            throw new IllegalStateException("the folder of snapshots cannot be read");
        }
        List<Taken> taken = new ArrayList<>();
        List<String> of = new ArrayList<>();
        String file = "";
        for (String line : (answer.text() + "file").lines().toList()) {
            if (!line.startsWith("file")) {
                of.add(line);
                continue;
            }
            if (!file.isEmpty()) {
                taken.add(taken(server, folder, file.split(" ", 4), of));
            }
            file = line;
            of = new ArrayList<>();
        }
        return taken;
    }

    private static Taken taken(NodeName server, String folder, String[] words, List<String> about) {
        return new Taken(
                words[3],
                server,
                folder,
                Long.parseLong(words[2]),
                Instant.ofEpochSecond(Long.parseLong(words[1])),
                about.isEmpty() ? Optional.empty() : Optional.of(About.parse(about)));
    }

    /** Those that k3s has sent to S3, by its objects in the API; asked on a server whose API answers. */
    public static Probe<List<Taken>> elsewhere() {
        return Probe.of("snapshots in S3", Probe.LIFTED + """
                /usr/local/bin/k3s kubectl --request-timeout=8s get etcdsnapshotfiles.k3s.cattle.io -o jsonpath='{range .items[*]}\
                {.spec.snapshotName} {.spec.nodeName} {.spec.location} {.status.creationTime} {.status.size}{"\\n"}{end}' 2>/dev/null |
                  grep ' s3:' || :
                """, SnapshotLook::sent);
    }

    private static List<Taken> sent(Answer answer) {
        return answer.text()
                .lines()
                .map(line -> line.split(" "))
                .filter(words -> words.length >= 4)
                .map(words -> new Taken(
                        words[0],
                        new NodeName(words[1]),
                        words[2].substring(0, Math.max(0, words[2].lastIndexOf('/'))),
                        words.length > 4 && words[4].matches("\\d{1,18}") ? Long.parseLong(words[4]) : 0,
                        Instant.parse(words[3]),
                        Optional.empty()))
                .toList();
    }
}

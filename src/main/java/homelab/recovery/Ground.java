package homelab.recovery;

import homelab.probe.Answer;
import homelab.probe.Probe;
import java.time.Duration;
import java.util.List;

/**
 * What there is on a host to start containerd anew with, and what would be in the way.
 *
 * @param folder whether containerd's folder is a plain one, a link, a mount or none
 * @param used KiB that it holds
 * @param free KiB that its disk has left
 * @param names whether the host finds the address of a registry in the internet
 * @param archives of images that k3s imports by itself
 * @param mirrors the hosts of registries that the host's settings name
 * @param runs pods of which something runs still, as namespace/name
 * @param kept pods of which the kubelet keeps logs here, as namespace/name
 * @param said the words with which containerd ended
 */
public record Ground(
        String folder,
        long used,
        long free,
        boolean names,
        List<String> archives,
        List<String> mirrors,
        List<String> runs,
        List<String> kept,
        String said) {

    /** Adding up what a full card holds takes its time. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** With such a line containerd's log says why it ended; for {@code grep -E}. */
    public static final String ENDED =
            "failed to recover state|failed to load plugin.*io.containerd.metadata|^panic: |^fatal error: ";

    /** The look. */
    public static final Probe<Ground> PROBE =
            new Probe<>("ground for containerd", """
            agent=/var/lib/rancher/k3s/agent state=/run/k3s/containerd
            folder=$agent/containerd
            if [ -L "$folder" ]; then echo folder link
            elif [ ! -d "$folder" ]; then echo folder none
            elif awk -v f="$folder" '$5 == f { found = 1 } END { exit !found }' /proc/self/mountinfo; then echo folder mount
            else echo folder plain; fi
            echo "used $(du -skx "$folder" 2>/dev/null | cut -f1)"
            echo "free $(df -Pk "$agent" | awk 'NR == 2 { print $4 }')"
            if timeout 8 getent hosts registry-1.docker.io >/dev/null; then echo names yes; else echo names no; fi
            for f in "$agent"/images/*.tar "$agent"/images/*.tar.* "$agent"/images/*.tgz; do
              [ -f "$f" ] && echo "archive ${f##*/}"
            done
            grep -oE 'https?://[^/" ]+' /etc/rancher/k3s/registries.yaml 2>/dev/null | sed 's,.*//,mirror ,'
            for f in /proc/[0-9]*/cmdline; do
              id=$({ tr '\\000' ' ' <"$f"; } 2>/dev/null | sed -n 's/.*containerd-shim-runc-v2 .*-id \\([0-9a-f]\\{64\\}\\).*/\\1/p')
              [ -n "$id" ] || continue
              spec=$state/io.containerd.runtime.v2.task/k8s.io/$id/config.json
              space=$(sed -n 's/.*"io.kubernetes.cri.sandbox-namespace":"\\([a-z0-9.-]*\\)".*/\\1/p' "$spec" 2>/dev/null)
              name=$(sed -n 's/.*"io.kubernetes.cri.sandbox-name":"\\([a-z0-9.-]*\\)".*/\\1/p' "$spec" 2>/dev/null)
              echo "runs ${space:-?}/${name:-$id}"
            done
            ls /var/log/pods 2>/dev/null | sed -n 's,^\\([a-z0-9.-]*\\)_\\([a-z0-9.-]*\\)_[0-9a-f-]*$,kept \\1/\\2,p'
            tail -n 2000 "$folder/containerd.log" 2>/dev/null |
              grep -aE '${ended}' |
              tail -n 1 | sed 's/.* error=/said /; s/^\\(panic\\|fatal error\\): /said &/' | tr -d '\\\\"' | cut -c1-200
            echo end
            """.replace("${ended}", ENDED), LIMIT, Ground::parse);

    public Ground {
        archives = List.copyOf(archives);
        mirrors = List.copyOf(mirrors);
        runs = List.copyOf(runs);
        kept = List.copyOf(kept);
    }

    private static Ground parse(Answer answer) {
        List<String> lines = answer.text().lines().toList();
        if (!lines.contains("end")) {
            throw new IllegalStateException("the host did not tell all that is needed to start containerd anew");
        }
        return new Ground(
                one(lines, "folder"),
                Long.parseLong(one(lines, "used")),
                Long.parseLong(one(lines, "free")),
                one(lines, "names").equals("yes"),
                all(lines, "archive"),
                all(lines, "mirror"),
                all(lines, "runs"),
                all(lines, "kept"),
                lines.stream()
                        .filter(line -> line.startsWith("said "))
                        .map(line -> line.substring(5))
                        .findFirst()
                        .orElse("ends as it starts"));
    }

    private static String one(List<String> lines, String word) {
        return all(lines, word).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the host did not tell " + word));
    }

    private static List<String> all(List<String> lines, String word) {
        return lines.stream()
                .filter(line -> line.startsWith(word + " "))
                .map(line -> line.substring(word.length() + 1).strip())
                .filter(text -> !text.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }
}

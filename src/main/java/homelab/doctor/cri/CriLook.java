package homelab.doctor.cri;

import homelab.doctor.House;
import homelab.doctor.Listing;
import homelab.facts.Sections;
import homelab.model.Node;
import homelab.probe.Probe;
import homelab.probe.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the container runtime and its neighbours keep, asked once for the whole group, and what the API knows of. */
final class CriLook {
    static final Listing PODS = new Listing(
            "pods", "/api/v1/pods", List.of("metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName"));

    static final Listing NODES = new Listing("nodes", "/api/v1/nodes", List.of("metadata.name", "spec"));

    /**
     * Of what crictl prints only a few lines: annotations may hold anything. Everything is read before crictl is asked, so
     * that a pod which starts in between is not taken for an orphan.
     */
    static final Probe<Sections> PROBE = Sections.probe("doctor:cri", Duration.ofSeconds(20), Probe.LIFTED + """
            section addresses
            for f in /var/lib/cni/networks/cbr0/*.*.*.*; do
              [ -f "$f" ] || continue
              id=; read -r id <"$f" || :
              echo "${f##*/} $(stat -c %Y "$f") $(printf %s "$id" | tr -d '\\r')"
            done
            section folders
            for d in /var/lib/kubelet/pods/*/; do
              if [ -d "$d" ]; then d=${d%/}; echo "$(stat -c %Y "$d") ${d##*/}"; fi
            done
            section shims
            for f in /proc/[0-9]*/cmdline; do
              { tr '\\000' ' ' <"$f"; } 2>/dev/null | sed -n 's/.*containerd-shim-runc-v2 .*-id \\([0-9a-f]\\{64\\}\\).*/\\1/p'
            done
            section conflicts
            if command -v journalctl >/dev/null; then
              journalctl -q --no-pager -o short-unix -b 0 --since=-1h -n 20000 -u k3s -u k3s-agent 2>/dev/null |
                grep -aF 'is reserved for' | grep -oE '^[0-9]+|failed to reserve (sandbox|container) name [^:]*' | tail -n 100
            fi
            section sandboxes
            timeout 12 k3s crictl pods -o json 2>/dev/null |
              grep -E '^ *"(id|name|uid|namespace|attempt|state|createdAt|items)":' || {
                echo failed
                for f in /proc/[0-9]*/comm; do
                  { read -r c <"$f"; } 2>/dev/null && [ "$c" = containerd ] && echo hangs && break
                done
              }
            :
            """)
            .upTo(4 * 1024 * 1024);

    private CriLook() {}

    /** Whether containerd runs, and told nothing all the same. */
    static boolean hangs(Sections seen) {
        return seen.lines("sandboxes").contains("hangs");
    }

    /** @throws IllegalStateException when containerd did not answer */
    static List<Sandbox> sandboxes(Sections seen) {
        List<String> lines = seen.lines("sandboxes");
        if (lines.isEmpty() || lines.contains("failed")) {
            throw new IllegalStateException("containerd did not tell its sandboxes (k3s crictl pods)");
        }
        return Sandbox.parse(lines);
    }

    /** The uids of the pods that the API has on a node. */
    static Reading<Set<String>> pods(House house, Node node) {
        return house.list(PODS)
                .map(all -> all.stream()
                        .filter(pod -> pod.path("spec")
                                .path("nodeName")
                                .asText()
                                .equals(node.name().text()))
                        .map(pod -> pod.path("metadata").path("uid").asText())
                        .filter(uid -> !uid.isEmpty())
                        .collect(Collectors.toSet()));
    }
}

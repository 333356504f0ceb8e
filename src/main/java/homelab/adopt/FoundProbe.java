package homelab.adopt;

import homelab.facts.Sections;
import homelab.probe.Probe;
import java.time.Duration;
import java.util.Optional;

/** Reads a k3s that somebody installed, all of it in one look. Tokens are in the answer and are forgotten on reading. */
public final class FoundProbe {
    private FoundProbe() {}

    /**
     * Files are printed with the time of their last change, and what a process was started with is asked of its Node: k3s
     * writes it there and hides it from {@code ps}. An agent may read its own Node with its kubelet's certificate.
     */
    private static final String SHELL = """
            unit=; c=/etc/rancher/k3s/config.yaml; data=/var/lib/rancher/k3s
            for name in k3s k3s-agent; do
              path=$(systemctl show -p FragmentPath --value $name 2>/dev/null)
              if [ -n "$path" ]; then unit=$name fragment=$path; systemctl -q is-active $name && break; fi
            done
            section unit; echo "$unit"
            [ -n "$unit" ] || exit 0
            section fragment; echo "$fragment"
            section active; systemctl show -p ActiveState --value $unit
            section since
            pid=$(systemctl show -p MainPID --value $unit)
            age=$(ps -o etimes= -p "$pid" 2>/dev/null) && echo $(($(date +%s) - age))
            section host; uname -n
            section address
            dev=$(ip -4 route show default 2>/dev/null | sed -n 's/.* dev \\([^ ]*\\).*/\\1/p' | head -n 1)
            [ -z "$dev" ] || ip -4 -o addr show dev "$dev" scope global | sed -n 's/.* inet \\([0-9.]*\\).*/\\1/p' | head -n 1
            shown() { # KIND FILE
              [ -f "$2" ] || return 0
              section "$1 $2"; stat -L -c %Z "$2"; cat "$2"
            }
            section program; stat -L -c %Z /usr/local/bin/k3s 2>/dev/null
            shown unit "$fragment"
            for f in $(systemctl show -p DropInPaths --value $unit); do shown unit "$f"; done
            systemctl show -p EnvironmentFiles --value $unit | sed 's/ (ignore_errors=.*//' |
              while IFS= read -r f; do shown environment "$f"; done
            shown config "$c"
            for f in "$c".d/*.yaml "$c".d/*.yml; do shown config "$f"; done
            section node
            case $(head -n 1 "$fragment") in '# Written by homelab'*) exit 0 ;; esac
            ask() { # CA CERTIFICATE KEY ADDRESS
              [ -f "$2" ] && command -v curl >/dev/null || return 0
              curl -s -m 5 --noproxy '*' --cacert "$1" --cert "$2" --key "$3" \\
                -H 'Accept: application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1' "$4/api/v1/nodes/$(uname -n | tr A-Z a-z)"
            }
            if [ $unit = k3s ]; then
              ask $data/server/tls/server-ca.crt $data/server/tls/client-admin.crt $data/server/tls/client-admin.key https://127.0.0.1:6443
            else
              at=$(sed -n 's/^ *server: *//p' $data/agent/kubelet.kubeconfig 2>/dev/null | head -n 1)
              ask $data/agent/server-ca.crt $data/agent/client-kubelet.crt $data/agent/client-kubelet.key "$at"
            fi
            :
            """;

    /** Ends the look where homelab's unit is, at the price of reading two files. */
    private static final String UNLESS_OURS = """
            for name in k3s k3s-agent; do
              case $(first /etc/systemd/system/$name.service) in '# Written by homelab'*) section unit; exit 0 ;; esac
            done
            """;

    /** Empty when the host has no k3s. */
    public static final Probe<Optional<Found>> ANY = of("k3s as found", SHELL);

    /** Empty when the host has no k3s, or one of homelab's. */
    public static final Probe<Optional<Found>> OTHERS = of("k3s of others", UNLESS_OURS + SHELL);

    private static Probe<Optional<Found>> of(String id, String shell) {
        Probe<Sections> sections = Sections.probe(id, Duration.ofSeconds(15), shell);
        return new Probe<>(
                sections.id(), sections.shell(), sections.limit(), answer -> read(Sections.parse(answer.text())));
    }

    static Optional<Found> read(Sections said) {
        return said.text("unit").isEmpty() ? Optional.empty() : Optional.of(new FoundReader(said).found());
    }
}

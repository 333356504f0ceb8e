package homelab.resource.reset;

import java.time.Duration;

/** k3s and everything that it has started: its units, its shims, and what runs under them. */
public final class Running {
    /** Stopping k3s, and pods that are given time to end. */
    private static final Duration LIMIT = Duration.ofMinutes(4);

    /**
     * {@code shims} prints the process ids of k3s's shims; those of Docker have the same name and another address. Their
     * containers outlive k3s on purpose (k3s.service: KillMode=process).
     */
    private static final String SHIMS = """
            shims() {
              for f in $(grep -lsx 'containerd-shim.*' /proc/[0-9]*/comm); do
                d=${f%/comm}
                if tr '\\0' ' ' <"$d/cmdline" 2>/dev/null | grep -q ' /run/k3s/'; then echo "${d#/proc/}"; fi
              done
            }
            """;

    private Running() {}

    public static Gone gone() {
        String look = SHIMS + """
                for u in k3s k3s-agent; do
                  set -- $(systemctl show -p ActiveState -p UnitFileState --value $u 2>/dev/null)
                  case " $* " in
                    *" active "* | *" activating "* | *" deactivating "* | *" reloading "*) printf 'service %s\\truns\\n' $u ;;
                  esac
                  case " $* " in *" enabled "*) printf 'service %s at boot\\tstarts\\n' $u ;; esac
                done
                n=$(shims | wc -l)
                if [ "$n" -gt 0 ]; then printf 'sandboxes of pods\\t%s run\\n' "$n"; fi
                """;
        return Gone.of("k3s and its pods", look, "stopped", SHIMS + """
                for u in k3s k3s-agent; do
                  systemctl disable -q $u 2>/dev/null
                  if systemctl -q is-active $u || systemctl is-active $u | grep -q ing; then
                    timeout 90 systemctl stop $u || systemctl kill -s KILL $u
                  fi
                  systemctl reset-failed -q $u 2>/dev/null
                done
                # All that descends from the processes named, themselves included.
                trees() {
                  ps -e -o pid= -o ppid= | awk -v roots="$*" '
                    BEGIN { n = split(roots, r, " "); for (i = 1; i <= n; i++) mine[r[i]] = 1 }
                    { pid[NR] = $1; parent[NR] = $2 }
                    END {
                      do { more = 0
                        for (i = 1; i <= NR; i++) if ((parent[i] in mine) && !(pid[i] in mine)) { mine[pid[i]] = 1; more = 1 }
                      } while (more)
                      for (p in mine) print p
                    }'
                }
                roots=$(shims)
                [ -n "$roots" ] || exit 0
                # The containers first and by name, so that they may write what they hold; the shims last.
                all=$(trees $roots)
                for p in $all; do case " $(echo $roots) " in *" $p "*) ;; *) kill -TERM "$p" 2>/dev/null ;; esac; done
                i=0
                while [ $i -lt 10 ] && [ "$(trees $roots | wc -l)" -gt "$(echo "$roots" | wc -l)" ]; do sleep 1; i=$((i + 1)); done
                for i in 1 2 3; do
                  roots=$(shims)
                  [ -n "$roots" ] || break
                  kill -KILL $(trees $roots) 2>/dev/null
                  sleep 1
                done
                exit 0
                """, LIMIT);
    }
}

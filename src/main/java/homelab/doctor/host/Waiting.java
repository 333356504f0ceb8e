package homelab.doctor.host;

import homelab.probe.Probe;
import java.time.Duration;
import java.util.List;

/** Processes that wait for a device and cannot be killed (state D), and did not get on within three seconds. */
final class Waiting {

    /**
     * "PID switches name" of each. One that is only busy has been switched to in between, mostly within a moment: only for
     * one that has not are three seconds waited.
     */
    static final Probe<List<String>> PROBE = new Probe<>(
            "doctor:waiting",
            """
            look() {
              for f in /proc/[0-9]*/stat; do
                { read -r l <"$f"; } 2>/dev/null || continue
                case $l in *') D '*) ;; *) continue ;; esac
                p=${l%% *}; n=${l#*\\(}
                echo "$p $(sed -n 's/^voluntary_ctxt_switches:[[:space:]]*//p' "/proc/$p/status" 2>/dev/null) ${n%\\)*}"
              done
            }
            same() { { printf '%s\\n' "$a"; look; } | sort | uniq -d; }
            a=$(look)
            if [ -n "$a" ]; then sleep 0.2 2>/dev/null || sleep 1; a=$(same); fi
            if [ -n "$a" ]; then sleep 3; same | head -n 50; fi
            :
            """,
            Duration.ofSeconds(10),
            answer -> answer.text()
                    .lines()
                    .filter(line -> !line.isBlank())
                    .map(line -> "waits for a device (state D): process "
                            + line.replaceFirst("^(\\d+) \\d* ?", "$1 ").strip())
                    .toList());

    private Waiting() {}
}

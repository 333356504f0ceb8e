package homelab.probe;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the script that runs probes, for dash and busybox sh. What it costs a host is processes: one {@code timeout}
 * and one shell for all probes of the same limit, and for each probe two forks. Output goes to files, so that a hung
 * probe cannot hold up or mix with another, and is told at the end. The kernel's limit for the size of files keeps an
 * endless one from filling the tmpfs; a probe whose program writes bigger files of its own lifts it, {@link Probe#LIFTED}.
 * Files of its own that it names {@code $d.WORD} go with the rest when it is killed.
 *
 * <pre>
 * NONCE begin
 * g 137             how the probes of one limit ended; 137: some hung and were killed
 * p 3 0             probe 3 ended with 0
 * p 4 -             probe 4 did not end
 * NONCE sizes
 * 812 3             bytes of probe 3
 * NONCE data        and then the bytes of all that ended, in this order, nothing between them
 * </pre>
 */
final class ProbeShell {
    // A tmpfs where there is one: on a full disk every answer would be empty, and on an SD card each write wears it.
    private static final String HEAD = """
            LC_ALL=C; export LC_ALL
            PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin"; export PATH
            umask 077
            cd /; d=; g=
            echo '${nonce} begin'
            for t in /run /dev/shm "${TMPDIR:-/tmp}"; do
              (set -C; : >"$t/homelab.${nonce}") 2>/dev/null && d=$t/homelab.${nonce} && break
            done
            [ -n "$d" ] || { echo 'f there is no folder for temporary files'; exit 70; }
            trap 'rm -f "$d" "$d".*' EXIT
            trap 'kill $g 2>/dev/null; exit 143' HUP INT TERM PIPE
            """;

    // The mark .x is made only when the probe has ended, and holds something only when there was room for its answer.
    private static final String GROUP = """
            timeout -s KILL ${limit} sh -s "$d" 2>/dev/null <<'${nonce}' &
            d=$1; set --
            p() {
              { (ulimit -S -f 32768; s=$2; set --; eval "$s") >"$d.$1" </dev/null 2>/dev/null; echo $? >"$d.$1.x"; } &
            }
            ${calls}wait
            ${nonce}
            g="$g $!"
            """;

    private static final String TAIL = """
            for j in $g; do wait "$j"; echo "g $?"; done
            f=; n=0
            while [ "$n" -lt ${count} ]; do
              if read -r x 2>/dev/null <"$d.$n.x"; then echo "p $n $x"; f="$f homelab.${nonce}.$n"; else echo "p $n -"; fi
              n=$((n + 1))
            done
            cd "$t" && echo '${nonce} sizes'
            [ -z "$f" ] || set -- $(wc -c $f)
            while [ $# -gt 1 ] && [ "$2" != total ]; do
              n=${2##*.}
              c=${cap}; case '${wide}' in *" $n:"*) c='${wide}'; c=${c#*" $n:"}; c=${c%% *} ;; esac
              if [ "$1" -gt "$c" ]; then head -c "$c" "$2" >"$2.c"; mv "$2.c" "$2"; echo "$c $n"; else echo "$1 $n"; fi
              shift 2
            done
            echo '${nonce} data'
            [ -z "$f" ] || cat $f
            """;

    private ProbeShell() {}

    static String join(List<Joint> joints, String nonce) {
        List<Probe<Map<String, Answer>>> probes =
                joints.stream().map(Joint::asked).toList();
        StringBuilder script = new StringBuilder(fill(HEAD, "nonce", nonce));
        groups(probes)
                .forEach((limit, calls) ->
                        script.append(fill(fill(fill(GROUP, "nonce", nonce), "limit", "" + limit), "calls", calls)));
        String tail = fill(fill(TAIL, "nonce", nonce), "count", "" + probes.size());
        return script.append(fill(fill(tail, "cap", "" + (ProbeScript.CAP + 1)), "wide", wide(joints)))
                .toString();
    }

    /** What is told of a family may be longer: " 3:1048577 7:524289 ", one byte more than the cap by number. */
    private static String wide(List<Joint> joints) {
        StringBuilder wide = new StringBuilder(" ");
        for (int number = 0; number < joints.size(); number++) {
            if (joints.get(number).cap() != ProbeScript.CAP) {
                wide.append(number)
                        .append(':')
                        .append(joints.get(number).cap() + 1)
                        .append(' ');
            }
        }
        return wide.toString();
    }

    /** In whole seconds, because busybox timeout knows no parts of them. */
    static int seconds(Probe<?> probe) {
        return (int) Math.max(1, probe.limit().plusMillis(999).toSeconds());
    }

    private static Map<Integer, String> groups(List<Probe<Map<String, Answer>>> probes) {
        Map<Integer, String> calls = new TreeMap<>();
        for (int number = 0; number < probes.size(); number++) {
            Probe<?> probe = probes.get(number);
            // Quoted, and so only evaluated in its own subshell: a syntax error in it is its own too.
            calls.merge(seconds(probe), "p " + number + " " + Word.quoted(probe.shell()) + "\n", String::concat);
        }
        return calls;
    }

    private static String fill(String template, String name, String value) {
        return template.replace("${" + name + "}", value);
    }
}

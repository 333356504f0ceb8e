package homelab.probe;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the script that runs probes, for dash and busybox sh. What it costs a host is processes: one {@code timeout}
 * and one shell for all probes of the same limit, and for each probe three forks and {@code head}. Output goes to files,
 * so that a hung probe cannot hold up or mix with another, and is told at the end:
 *
 * <pre>
 * NONCE begin
 * g 137             how the probes of one limit ended; 137: some hung and were killed
 * p 3 0             probe 3 ended with 0
 * p 4 -             probe 4 did not end
 * NONCE sizes
 *   812 3           wc's lines: bytes of probe 3
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
              [ -w "$t" ] && d=$(mktemp -d "$t/homelab.XXXXXX" 2>/dev/null) && break
            done
            [ -d "$d" ] || { echo 'f no folder for temporary files can be made'; exit 70; }
            trap 'rm -rf "$d"' EXIT
            trap 'kill $g 2>/dev/null; exit 143' HUP INT TERM
            """;

    // The mark .e is made only when head could write all of it; .x only when the probe has ended.
    private static final String GROUP = """
            timeout -s KILL ${limit} sh -s "$d" 2>/dev/null <<'${nonce}' &
            d=$1; set --
            p() {
              { (s=$2; set --; eval "$s"); echo $? >"$d/$1.x"; } </dev/null 2>/dev/null |
                { head -c ${cap} >"$d/$1" && : >"$d/$1.e"; } &
            }
            ${calls}wait
            ${nonce}
            g="$g $!"
            """;

    private static final String TAIL = """
            for j in $g; do wait "$j"; echo "g $?"; done
            f=; n=0
            while [ "$n" -lt ${count} ]; do
              if [ -e "$d/$n.e" ] && read -r x 2>/dev/null <"$d/$n.x"; then echo "p $n $x"; f="$f $n"; else echo "p $n -"; fi
              n=$((n + 1))
            done
            cd "$d" && echo '${nonce} sizes'
            [ -z "$f" ] || wc -c $f
            echo '${nonce} data'
            [ -z "$f" ] || cat $f
            """;

    private ProbeShell() {}

    static String join(List<Probe<?>> probes, String nonce, int cap) {
        StringBuilder script = new StringBuilder(fill(HEAD, "nonce", nonce));
        groups(probes)
                .forEach((limit, calls) -> script.append(fill(
                        fill(fill(fill(GROUP, "nonce", nonce), "limit", "" + limit), "cap", "" + (cap + 1)),
                        "calls",
                        calls)));
        return script.append(fill(fill(TAIL, "nonce", nonce), "count", "" + probes.size()))
                .toString();
    }

    /** In whole seconds, because busybox timeout knows no parts of them. */
    static int seconds(Probe<?> probe) {
        return (int) Math.max(1, probe.limit().plusMillis(999).toSeconds());
    }

    private static Map<Integer, String> groups(List<Probe<?>> probes) {
        Map<Integer, String> calls = new TreeMap<>();
        for (int number = 0; number < probes.size(); number++) {
            Probe<?> probe = probes.get(number);
            calls.merge(seconds(probe), "p " + number + " " + quoted(probe.shell()) + "\n", String::concat);
        }
        return calls;
    }

    /** Quoted, and so only evaluated in the probe's own subshell: a syntax error in it is its own too. */
    private static String quoted(String shell) {
        return "'" + shell.replace("'", "'\\''") + "'";
    }

    private static String fill(String template, String name, String value) {
        return template.replace("${" + name + "}", value);
    }
}

package homelab.doctor.host;

import homelab.doctor.Logged;
import homelab.probe.Answer;
import homelab.probe.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the kernel complained of since the host started, and in the start before within seven days. Read once for all
 * checks: the last 20 000 lines of each, alike lines counted on the host, of 300 kinds at most.
 *
 * @param hertz jiffies of this kernel in a second
 */
record KernelLog(List<Repeat> repeats, long hertz) implements Logged<KernelLog> {
    private static final long USUAL_HERTZ = 250;

    /** The expression lets through what {@link Trouble} then tells apart; digits do not make lines different. */
    static final Probe<KernelLog> PROBE =
            new Probe<>("doctor:kernel-log", """
            command -v journalctl >/dev/null || { echo 'journalctl is missing'; exit 1; }
            now=$(date +%s)
            echo "hz $(sed -n 's/^CONFIG_HZ=//p' "/boot/config-$(uname -r)" 2>/dev/null)"
            scan() {
              mark=$1; shift
              journalctl -q --no-pager -o short-unix -n 20000 "$@" 2>/dev/null | awk -v mark="$mark" -v now="$now" '
                { lines++; at = $1 + 0 }
                !/rcu|[Ll]ock|LOCK|task|Killed|EXT4|JBD2|journal|F2FS|BTRFS|XFS|read-only|I.O error|mmc|nvme|usb|uas_|xhci|conn|session|nfs:|oltage|unregister_netdevice|Unable to handle|Oops|panic|BUG/ { next }
                !sub(/^[^ ]+ [^ ]+ kernel: /, "") { next }
                {
                  line = substr($0, 1, 300); key = line; own = ""
                  if (match(key, /[0-9]+ jiffies/)) own = substr(key, RSTART, RLENGTH)
                  if (match(key, /dev(ice)? [a-z]+[0-9a-z-]*/)) own = own substr(key, RSTART, RLENGTH)
                  gsub(/0x[0-9a-f]+/, "#", key); gsub(/[0-9]+/, "#", key); key = own " " key
                  if (!(key in count)) { if (kinds >= 300) next; kinds++; first[key] = at; sample[key] = line }
                  count[key]++; last[key] = at; if (at > now - 86400) recent[key]++
                }
                END {
                  print "lines " mark " " lines + 0
                  for (key in count)
                    printf "seen %s %d %d %.0f %.0f %s\\n", mark, count[key], recent[key], first[key], last[key], sample[key]
                }'
            }
            scan now -k -b 0
            scan before -k -b -1 --since=-7d
            :
            """, Duration.ofSeconds(20), KernelLog::parse);

    KernelLog {
        repeats = List.copyOf(repeats);
    }

    /**
     * Alike lines.
     *
     * @param now whether of the start that runs, or of the one before
     * @param recent how many of them are of the last 24 h
     * @param sample the first of them
     */
    record Repeat(Trouble trouble, boolean now, long count, long recent, Instant first, Instant last, String sample) {
        String told() {
            return (count == 1 ? "once, " + first : count + " times, " + first + " to " + last)
                    + (now ? ": " : ", in the start before: ")
                    + sample;
        }
    }

    /** @throws IllegalStateException when there is no kernel log to read */
    private static KernelLog parse(Answer answer) {
        if (!answer.ok()) {
            throw new IllegalStateException(answer.text().strip());
        }
        List<Repeat> repeats = new ArrayList<>();
        long hertz = USUAL_HERTZ;
        boolean any = false;
        for (String line : answer.text().lines().toList()) {
            if (line.startsWith("hz ")) {
                hertz = Words.number(line.substring(3)).orElse(USUAL_HERTZ);
            } else if (line.startsWith("lines now ")) {
                any = Words.number(line.substring(10)).orElse(0) > 0;
            } else {
                repeat(line).ifPresent(repeats::add);
            }
        }
        if (!any) {
            throw new IllegalStateException("the journal holds no line of the kernel since the host started");
        }
        repeats.sort(Comparator.comparing(Repeat::first));
        return new KernelLog(repeats, Math.max(1, hertz));
    }

    private static Optional<Repeat> repeat(String line) {
        String[] words = line.split(" ", 7);
        if (words.length < 7 || !words[0].equals("seen")) {
            return Optional.empty();
        }
        Instant first = Words.instant(words[4]).orElse(Instant.EPOCH);
        return Trouble.in(words[6])
                .map(trouble -> new Repeat(
                        trouble,
                        words[1].equals("now"),
                        Words.number(words[2]).orElse(1),
                        Words.number(words[3]).orElse(0),
                        first,
                        Words.instant(words[5]).orElse(first),
                        words[6]));
    }

    @Override
    public KernelLog since(Instant from) {
        return new KernelLog(
                repeats.stream().filter(repeat -> !repeat.last().isBefore(from)).toList(), hertz);
    }

    /** Those of some kinds, the oldest first. */
    List<Repeat> of(Trouble... troubles) {
        return repeats.stream()
                .filter(repeat -> Arrays.asList(troubles).contains(repeat.trouble()))
                .toList();
    }

    static long count(List<Repeat> repeats) {
        return repeats.stream().mapToLong(Repeat::count).sum();
    }

    static long recent(List<Repeat> repeats) {
        return repeats.stream().mapToLong(Repeat::recent).sum();
    }

    static List<String> told(List<Repeat> repeats) {
        return repeats.stream().map(Repeat::told).toList();
    }
}

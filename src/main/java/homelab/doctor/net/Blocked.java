package homelab.doctor.net;

import homelab.doctor.Logged;
import homelab.model.Ip;
import homelab.probe.Answer;
import homelab.probe.Probe;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Packets of one kind that UFW refused and wrote down.
 *
 * @param times how often; UFW writes only some of many
 * @param first within the last day and since the host's start
 * @param last and when it was last
 * @param protocol "tcp", "udp", "icmp"
 * @param port 0 where the protocol has none
 */
record Blocked(int times, Instant first, Instant last, Ip from, Ip to, String protocol, int port) {

    /**
     * Counted on the host, so that a flood stays small. TCP that does not begin a connection is left out: such packets
     * belong to connections that the kernel has forgotten.
     */
    static final Probe<All> PROBE = Probe.of("doctor:ufw-blocks", """
            command -v journalctl >/dev/null || { echo 'the kernel log cannot be read: there is no journalctl'; exit 1; }
            journalctl -k -q --no-pager --since=-24h -o short-unix 2>/dev/null | grep -F '[UFW BLOCK]' | awk '{
              s = d = p = ""; o = 0
              for (i = 1; i <= NF; i++) {
                if ($i ~ /^SRC=/) s = substr($i, 5)
                else if ($i ~ /^DST=/) d = substr($i, 5)
                else if ($i ~ /^PROTO=/) p = substr($i, 7)
                else if ($i ~ /^DPT=/) o = substr($i, 5)
              }
              if (p == "TCP" && $0 !~ / SYN /) next
              k = s " " d " " p " " o
              if (!(k in n)) first[k] = $1
              n[k]++; last[k] = $1
            } END { for (k in n) print n[k], first[k], last[k], k }' | sort -rn | head -n 500
            """, Blocked::parse);

    private static All parse(Answer answer) {
        if (!answer.ok()) {
            throw new IllegalStateException(answer.text().strip());
        }
        return new All(answer.text().lines().flatMap(line -> one(line).stream()).toList());
    }

    /** Those of a day. */
    record All(List<Blocked> kinds) implements Logged<All> {
        @Override
        public All since(Instant from) {
            return new All(
                    kinds.stream().filter(one -> !one.last().isBefore(from)).toList());
        }
    }

    /** What is no such line is not ours to judge: the log may hold anything. */
    private static Optional<Blocked> one(String line) {
        String[] words = line.strip().split(" ");
        try {
            return words.length != 7 ? Optional.empty() : Optional.of(of(words));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Blocked of(String[] words) {
        return new Blocked(
                Integer.parseInt(words[0]),
                second(words[1]),
                second(words[2]),
                Ip.parse(words[3]),
                Ip.parse(words[4]),
                words[5].toLowerCase(Locale.ROOT),
                Integer.parseInt(words[6]));
    }

    private static Instant second(String time) {
        return Instant.ofEpochSecond(Long.parseLong(time.replaceFirst("\\..*", "")));
    }

    String text() {
        return times + " times " + from + " -> " + to + " " + (port == 0 ? protocol : port + "/" + protocol);
    }
}

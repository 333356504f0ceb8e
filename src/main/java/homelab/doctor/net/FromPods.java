package homelab.doctor.net;

import homelab.model.Cluster;
import homelab.probe.Answer;
import homelab.probe.Probe;
import java.time.Duration;

/**
 * What pods of a host get from the cluster's services, asked in their place: by a program of the host inside the network of
 * three of its pods. What a NetworkPolicy forbids them is forbidden to the question too.
 *
 * @param asked how many pods there were to ask for, 3 at most
 * @param names how many of them got an address from the cluster's DNS
 * @param services how many of them reached the API under its service address
 */
record FromPods(int asked, int names, int services) {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private static final String ASK = """
            command -v nsenter >/dev/null && command -v bash >/dev/null || { echo 'nsenter or bash is missing'; exit 1; }
            one() {
              in="nsenter --net=$1"
              said=$(udp)
              [ -n "$said" ] || said=$(udp)
              if $in timeout 3 bash -c 'exec 3<>/dev/tcp/$0/443' "$api" 2>/dev/null; then open=yes; else open=no; fi
              echo "pod $open $said"
            }
            n=0
            for f in /run/netns/cni-*; do
              [ -e "$f" ] && [ "$n" -lt 3 ] || continue
              n=$((n + 1)); one "$f" &
            done
            wait
            """;

    /** Takes 9 s at most. */
    static Probe<FromPods> of(Cluster cluster) {
        String shell = DnsQuery.function(cluster) + "api="
                + cluster.network().services().nth(1) + "\n" + ASK;
        return new Probe<>("doctor:from-pods", shell, LIMIT, FromPods::parse);
    }

    private static FromPods parse(Answer answer) {
        if (!answer.ok()) {
            throw new IllegalStateException(answer.text().strip());
        }
        int asked = 0;
        int names = 0;
        int services = 0;
        for (String line : answer.text().lines().toList()) {
            String[] words = line.split(" ", 3);
            if (words[0].equals("pod") && words.length == 3) {
                asked++;
                names += DnsQuery.isAnswer(words[2]) ? 1 : 0;
                services += words[1].equals("yes") ? 1 : 0;
            }
        }
        return new FromPods(asked, names, services);
    }

    String told() {
        return "of " + asked + " pods asked for, " + names + " got an answer of the cluster's DNS, " + services
                + " reached the API's service";
    }
}

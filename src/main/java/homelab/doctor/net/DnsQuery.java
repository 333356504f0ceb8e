package homelab.doctor.net;

import homelab.model.Cluster;
import homelab.model.Ip;
import homelab.probe.Answer;
import homelab.probe.Probe;
import java.util.Map;
import java.util.TreeMap;

/** Asks the cluster's DNS from a host for the API's own name, over UDP as pods do. Takes 6 s at most. */
final class DnsQuery {
    private static final int K3S_USUAL = 10;
    /** "example" stands for a name of the cluster: a question for one IPv4 address, recursion desired (RFC 1035, 4.1). */
    private static final String HEADER = "\\110\\114\\001\\000\\000\\001\\000\\000\\000\\000\\000\\000";

    /** dd, since the question holds a line feed (a label of ten), and bash would send what is before it by itself. */
    private static final String UDP = """
            udp() {
              $in timeout 3 bash -c 'exec 3<>/dev/udp/$0/53 && printf "$1" | dd ibs=1 obs=512 2>/dev/null >&3 && dd bs=512 count=1 <&3 2>/dev/null' "$server" "$question" |
                od -An -v -tx1 | tr -d ' \\n'
            }
            """;

    private static final String ASK = UDP + """
            if command -v bash >/dev/null; then
              said=$(udp)
              [ -n "$said" ] || said=$(udp)
              echo "udp $said"
            elif command -v nslookup >/dev/null; then
              timeout 5 nslookup "$name" "$server" >/dev/null 2>&1
              echo "exit $?"
            else
              echo 'there is neither bash nor nslookup to ask with'; exit 1
            fi
            """;

    private DnsQuery() {}

    static Ip server(Cluster cluster) {
        return cluster.network()
                .dns()
                .orElseGet(() -> cluster.network().services().nth(K3S_USUAL));
    }

    /** What came: "answered", "nothing came back", or what the server said instead. */
    static Probe<String> of(Cluster cluster) {
        return Probe.of("doctor:dns", words(cluster) + ASK, DnsQuery::parse);
    }

    /** Shell with a function udp that prints the answer in hexadecimal digits, asked by way of the program in $in. */
    static String function(Cluster cluster) {
        return words(cluster) + UDP;
    }

    private static String words(Cluster cluster) {
        Object domain = cluster.k3s().config().getOrDefault("cluster-domain", "cluster.local");
        String name = "kubernetes.default.svc."
                + (domain instanceof String text && text.matches("[A-Za-z0-9.-]+") ? text : "cluster.local");
        return "in=\nserver=%s\nname=%s\nquestion='%s'\n".formatted(server(cluster), name, question(name));
    }

    private static String question(String name) {
        StringBuilder question = new StringBuilder(HEADER);
        for (String label : name.split("\\.")) {
            question.append("\\%03o".formatted(label.length())).append(label);
        }
        return question.append("\\000\\000\\001\\000\\001").toString();
    }

    private static String parse(Answer answer) {
        String text = answer.text().strip();
        if (!answer.ok()) {
            throw new IllegalStateException(text);
        }
        if (text.startsWith("exit ")) {
            return text.equals("exit 0") ? "answered" : "nothing came back";
        }
        String hex = text.replaceFirst("^udp ?", "");
        return hex.length() < 24 ? "nothing came back" : said(hex);
    }

    /** Whether these digits are an answer with an address in it. */
    static boolean isAnswer(String hex) {
        return hex.length() >= 24 && said(hex).equals("answered");
    }

    /** The low half of the fourth byte is the outcome, bytes 7 and 8 count the answers (RFC 1035, 4.1.1). */
    private static String said(String hex) {
        Map<String, String> outcomes = new TreeMap<>(
                Map.of("2", "it failed (SERVFAIL)", "3", "it knows no such name (NXDOMAIN)", "5", "it refused"));
        String outcome = hex.substring(7, 8);
        boolean any = !hex.startsWith("0000", 12);
        return outcome.equals("0") && any ? "answered" : outcomes.getOrDefault(outcome, "it answered nothing");
    }
}

package homelab.drain;

import homelab.json.JsonAnswer;
import homelab.model.Ip;
import homelab.model.Node;
import homelab.probe.Answer;
import homelab.probe.ApiReads;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import homelab.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a host that does not answer by SSH is dead: asked on a server, which asks the network card and reads when the
 * kubelet last renewed its lease (kube-node-lease, every 10 s). A node is only taken for dead that shows no sign of life,
 * since one that lives goes on writing to what others then take over.
 */
public record LifeSigns(Node node) {
    /** As long as the API itself waits before it calls a node unknown (node-monitor-grace-period, Kubernetes 1.32). */
    private static final Duration FRESH = Duration.ofSeconds(50);

    private static final String ANSWERS = "answers";

    public List<Probe<?>> probes() {
        return List.of(card(), lease());
    }

    /** What was learnt before may be of before its death: it is asked anew, and what is known of it meanwhile forgotten. */
    private Probe<String> card() {
        String shell = """
                ip neigh flush to IP 2>/dev/null
                if command -v ping >/dev/null && ping -c 1 -W 2 IP >/dev/null 2>&1; then echo answers; exit 0; fi
                case $(ip -o route get IP 2>/dev/null) in *' via '*) echo routed; exit 0 ;; esac
                i=0
                while [ $i -lt 6 ]; do
                  timeout 1 bash -c ': >/dev/tcp/IP/22' 2>/dev/null && { echo answers; exit 0; }
                  case $(ip neigh show to IP 2>/dev/null) in
                    *REACHABLE* | *PERMANENT*) echo answers; exit 0 ;;
                    *FAILED*) echo silent; exit 0 ;;
                  esac
                  i=$((i + 1))
                done
                echo silent
                """.replace("IP", address(node.ip()));
        return new Probe<>(
                "card of " + node.name(),
                shell,
                Duration.ofSeconds(15),
                answer -> answer.text().strip());
    }

    private static String address(Ip ip) {
        return ip.toString();
    }

    /** By the clock of the server that is asked. */
    private Probe<Duration> lease() {
        String path = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/" + node.name();
        return new Probe<>(
                "lease of " + node.name(),
                "date +%s; (" + ApiReads.read(path) + ")",
                Duration.ofSeconds(15),
                LifeSigns::age);
    }

    static Duration age(Answer answer) {
        String[] parts = answer.text().split("\n", 2);
        String renewed = parts.length < 2
                ? ""
                : JsonAnswer.tree(parts[1]).path("spec").path("renewTime").asText();
        if (renewed.isEmpty()) {
            throw new IllegalStateException("the API has no lease of it");
        }
        return Duration.between(Instant.parse(renewed), Instant.ofEpochSecond(Long.parseLong(parts[0])));
    }

    /** What shows that it lives; empty when nothing does. */
    public List<String> alive(Readings readings) {
        List<String> signs = new ArrayList<>();
        readings.of(card())
                .known()
                .filter(ANSWERS::equals)
                .ifPresent(yes -> signs.add("its network card answers at " + node.ip()));
        readings.of(lease())
                .known()
                .filter(age -> age.compareTo(FRESH) < 0)
                .ifPresent(age -> signs.add("its kubelet renewed its lease " + age.toSeconds() + " s ago"));
        return signs;
    }

    /** What was looked at and is silent, and what could not be looked at. */
    public List<String> silent(Readings readings) {
        List<String> told = new ArrayList<>();
        told.add(card(readings.of(card())));
        told.add(
                readings.of(lease()) instanceof Reading.Known<Duration> age
                        ? "its kubelet renewed its lease " + minutes(age.value()) + " ago"
                        : "its lease: " + ((Reading.Unknown<Duration>) readings.of(lease())).why());
        return told;
    }

    private static String minutes(Duration age) {
        return age.toMinutes() < 3 ? age.toSeconds() + " s" : age.toMinutes() + " min";
    }

    private static String card(Reading<String> reading) {
        return reading.known()
                .map(said -> said.equals("routed")
                        ? "it answers no ping, and is behind a router, where its network card cannot be asked"
                        : "its network card does not answer")
                .orElse("its network card could not be asked");
    }

    /**
     * @param ssh why it could not be reached
     * @param said whether the user says that it is dead
     */
    public Optional<Problem> against(Readings readings, String ssh, boolean said) {
        List<String> alive = alive(readings);
        if (!alive.isEmpty()) {
            return Optional.of(Problem.of(
                    node.name() + ": does not answer by SSH, yet it lives",
                    ssh + "; " + String.join("; ", alive),
                    "make it reachable, or switch it off, and run the same command again"));
        }
        return said
                ? Optional.empty()
                : Optional.of(Problem.of(
                        node.name() + ": seems dead, and nobody has said so",
                        ssh + "; " + String.join("; ", silent(readings)),
                        "if it is switched off or broken and stays so: --dead; else bring it back first"));
    }
}

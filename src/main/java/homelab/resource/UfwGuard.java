package homelab.resource;

import homelab.model.Cidr;
import homelab.model.Ip;
import homelab.model.NodeName;
import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import homelab.problem.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Says no when the firewall would shut out a session that a host has now, ours among them. No other way to look costs
 * no round trip of its own and sees through jump hosts: what counts is the address that the packets come from.
 *
 * @param sshPort where the host's sshd listens
 */
public record UfwGuard(NodeName node, int sshPort) {

    /** The other ends of the SSH sessions that the host has now. */
    Probe<List<Ip>> probe() {
        return Probe.of(
                "ssh peers:" + sshPort, "ss -Htn state established '( sport = :" + sshPort + " )'", UfwGuard::peers);
    }

    /** The last column is {@code 10.0.1.50:51514} or {@code [::ffff:10.0.1.50%eth0]:51514}. */
    private static List<Ip> peers(Answer answer) {
        if (!answer.ok()) {
            throw new IllegalStateException("ss could not list the SSH sessions");
        }
        return answer.text()
                .lines()
                .map(line -> line.strip().replaceFirst(".*\\s", ""))
                .map(peer -> peer.substring(0, peer.lastIndexOf(':')).replaceAll("[\\[\\]]|%.*", ""))
                .map(Ip::parse)
                .distinct()
                .toList();
    }

    /** The status, or the refusal of what it would bring, were the wanted rules and those of others all there is. */
    Status unlessShutOut(Readings readings, List<UfwRule> wanted, Status status) {
        Reading<List<UfwRule>> held = readings.of(UfwLook.RULES);
        Reading<List<Ip>> peers = readings.of(probe());
        if (!(held instanceof Reading.Known<List<UfwRule>> rules)
                || !(peers instanceof Reading.Known<List<Ip>> known)) {
            return new Status.Unknown("whom the firewall would shut out could not be looked at");
        }
        List<UfwRule> after = after(rules.value(), wanted);
        return known.value().stream()
                .filter(peer -> !admits(after, peer))
                .findFirst()
                .<Status>map(peer -> new Status.Refused(problem(peer)))
                .orElse(status);
    }

    private static List<UfwRule> after(List<UfwRule> held, List<UfwRule> wanted) {
        List<UfwRule> stale = UfwStale.stale(held, wanted);
        Stream<UfwRule> staying = held.stream()
                .filter(rule -> !stale.contains(rule))
                .map(rule ->
                        wanted.stream().filter(rule::sameTraffic).findFirst().orElse(rule));
        Stream<UfwRule> coming = wanted.stream().filter(rule -> held.stream().noneMatch(rule::sameTraffic));
        return Stream.concat(staying, coming).toList();
    }

    /** The first rule that speaks of the traffic decides, as in the kernel; without one the door is shut. */
    boolean admits(List<UfwRule> rules, Ip peer) {
        return rules.stream()
                .filter(rule -> speaksOf(rule, peer))
                .findFirst()
                .map(rule -> rule.action().matches("(allow|limit)(_log.*)?"))
                .orElse(false);
    }

    /** A rule for one interface or address of the host may or may not be about us: it counts when it forbids. */
    private boolean speaksOf(UfwRule rule, Ip peer) {
        boolean incoming = rule.way().startsWith("in")
                && !rule.way().contains("out")
                && !rule.action().startsWith("route");
        boolean plain = rule.way().equals("in")
                && rule.destination().endsWith("/0")
                && rule.sourcePort().equals("any");
        boolean forbids = rule.action().startsWith("deny") || rule.action().startsWith("reject");
        return incoming
                && (plain || forbids)
                && !rule.protocol().equals("udp")
                && aboutPort(rule.port())
                && from(rule.source(), peer);
    }

    private boolean aboutPort(String ports) {
        return ports.equals("any") || Arrays.stream(ports.split(",")).anyMatch(this::within);
    }

    private boolean within(String range) {
        String[] ends = range.split(":");
        return Integer.parseInt(ends[0]) <= sshPort && sshPort <= Integer.parseInt(ends[ends.length - 1]);
    }

    private static boolean from(String source, Ip peer) {
        return source.contains("/")
                ? Cidr.parse(source).contains(peer)
                : Ip.parse(source).equals(peer);
    }

    private Problem problem(Ip peer) {
        return Problem.of(
                node + ": the firewall would shut out an SSH session that is open now",
                "it comes from " + peer + ", and no rule of the inventory allows SSH (port " + sshPort + ") from there",
                "add its network to network.sources in the inventory, or come from inside network.lan");
    }
}

package homelab.resource;

import homelab.model.Ip;
import homelab.model.NodeName;
import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import homelab.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * k3s on one of several servers. It is restarted only while the others keep the quorum without it.
 *
 * @param ip of the server itself
 * @param servers the addresses of all servers of the inventory
 */
public record RollingRestart(Resource inner, NodeName node, Ip ip, List<Ip> servers) implements Wrapped {

    public RollingRestart {
        servers = List.copyOf(servers);
    }

    private Probe<Set<String>> answering() {
        String others = servers.stream()
                .filter(other -> !other.equals(ip))
                .map(Ip::toString)
                .collect(Collectors.joining(" "));
        // A connection tells that etcd runs there; the list of members, read through the quorum, that it agrees.
        String shell = "timeout 3 bash -c 'for ip in " + others
                + "; do { exec 3<>/dev/tcp/$ip/2379 && echo $ip; } 2>/dev/null & done; wait'; :";
        return Probe.of("etcd:others of " + ip, shell, RollingRestart::lines);
    }

    private static Set<String> lines(Answer answer) {
        return answer.text().lines().collect(Collectors.toSet());
    }

    @Override
    public List<Probe<?>> probes() {
        return Stream.concat(inner.probes().stream(), Stream.of(EtcdMembers.PROBE, answering()))
                .toList();
    }

    @Override
    public Status status(Readings readings) {
        Status status = inner.status(readings);
        boolean restarts = status instanceof Status.Drift drift && drift.worst() == Worst.RESTART;
        return restarts ? against(readings).<Status>map(Status.Refused::new).orElse(status) : status;
    }

    /**
     * Of a server that was restarted before this one, or beside it: etcd chooses a leader anew, a k3s that lost its lease
     * in the midst of that ends itself, and systemd starts it again (k3s runs Kubernetes' controllers in its own process).
     */
    @Override
    public Duration relents() {
        return Duration.ofMinutes(3);
    }

    private Optional<Problem> against(Readings readings) {
        if (readings.of(EtcdMembers.PROBE) instanceof Reading.Unknown<EtcdMembers> unknown) {
            return Optional.of(problem("its etcd has no quorum now, or cannot be asked (" + unknown.why() + ")"));
        }
        int voters =
                readings.of(EtcdMembers.PROBE).known().map(EtcdMembers::voters).orElse(0);
        int needed = voters / 2 + 1;
        Set<String> up = readings.of(answering()).known().orElse(Set.of());
        if (voters == 1 || up.size() >= needed) {
            return Optional.empty();
        }
        String away = servers.stream()
                .filter(other -> !other.equals(ip) && !up.contains(other.toString()))
                .map(Ip::toString)
                .collect(Collectors.joining(", "));
        return Optional.of(problem(up.size() + " of its " + voters + " members would be left and " + needed
                + " are needed" + (away.isEmpty() ? "" : "; " + away + " does not answer on port 2379")));
    }

    private Problem problem(String why) {
        return Problem.of(
                node + ": a restart of k3s would stop etcd",
                why,
                "bring the other servers back first: homelab status tells which are down");
    }
}

package homelab.resource;

import homelab.model.Ip;
import homelab.probe.Probe;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Something of a server that was asleep and is to come up, unless etcd lacks the quorum for it: with too many of its
 * members away it would be waited for in vain.
 *
 * @param ip of the server itself
 * @param lost addresses of servers that could not be reached, or have no data
 */
public record Woken(Resource inner, Ip ip, List<Ip> lost) implements Wrapped {

    public Woken {
        lost = List.copyOf(lost);
    }

    @Override
    public List<Probe<Optional<String>>> vain() {
        Probe<EtcdMembers> known = EtcdMembers.known(ip);
        Probe<Optional<String>> quorum = new Probe<>(
                known.id(), known.shell(), known.limit(), known.parser().andThen(this::noQuorum));
        return Stream.concat(Stream.of(quorum), inner.vain().stream()).toList();
    }

    private Optional<String> noQuorum(EtcdMembers etcd) {
        List<Ip> away = lost.stream().filter(ip -> etcd.votesAt(ip)).toList();
        int needed = etcd.voters() / 2 + 1;
        if (etcd.voters() - away.size() >= needed) {
            return Optional.empty();
        }
        return Optional.of("etcd needs " + needed + " of its " + etcd.voters() + " members, and "
                + away.stream().map(Ip::toString).collect(Collectors.joining(", "))
                + " could not be reached or lost its data: bring one of them back; only if they are gone for good, one"
                + " server alone goes on with `k3s server --cluster-reset` (k3s's own way; the others then join anew)");
    }
}

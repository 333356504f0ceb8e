package homelab.resource;

import homelab.model.Ip;
import homelab.model.NodeName;
import homelab.probe.Probe;
import homelab.probe.Readings;
import java.time.Duration;
import java.util.List;

/**
 * The last gate of a server: etcd itself, asked on the server through the quorum, counts it in, and nobody else is on
 * the way in. Only then may the next one join (etcd takes one learner at a time).
 */
public record EtcdMember(NodeName node, Ip ip) implements Resource {

    @Override
    public String id() {
        return "etcd member " + node;
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(EtcdMembers.PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return readings.of(EtcdMembers.PROBE)
                .known()
                .map(this::judged)
                .orElseGet(() -> waits("etcd does not answer there"));
    }

    private Status judged(EtcdMembers list) {
        List<EtcdMembers.Member> here = list.at(ip);
        if (here.isEmpty()) {
            return waits("not in the list of " + list.members().size());
        }
        if (here.stream().noneMatch(EtcdMembers.Member::votes)) {
            return waits("on its way in, without a vote yet");
        }
        return list.members().stream().anyMatch(EtcdMembers.Member::learner)
                ? waits("a voter, beside one that is on its way in")
                : Status.SAME;
    }

    private Status waits(String before) {
        return Status.drift(Worst.WAIT, id(), before, "one of the voters");
    }

    @Override
    public Deed deed() {
        return new Deed.Await();
    }

    @Override
    public Duration patience() {
        return Duration.ofMinutes(3);
    }
}

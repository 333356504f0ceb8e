package homelab.resource;

import homelab.probe.ApiReads;
import homelab.probe.Probe;
import homelab.probe.Readings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** CoreDNS runs, so pods find services. To be asked on a server. */
public record K3sDns() implements Resource {
    private static final Pattern AVAILABLE = Pattern.compile("\"availableReplicas\"\\s*:\\s*(\\d+)");

    private static final Probe<Integer> PROBE =
            ApiReads.probe("api:coredns", "/apis/apps/v1/namespaces/kube-system/deployments/coredns", answer -> {
                Matcher available = AVAILABLE.matcher(answer.text());
                return available.find() ? Integer.parseInt(available.group(1)) : 0;
            });

    @Override
    public String id() {
        return "CoreDNS";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(PROBE), this::judged);
    }

    private Status judged(Integer available) {
        return available > 0 ? Status.SAME : Status.drift(Worst.WAIT, id(), "no replica is available", "available");
    }

    @Override
    public Deed deed() {
        return new Deed.Await();
    }

    @Override
    public Duration patience() {
        return Duration.ofMinutes(4);
    }

    /** What kept its pods from running, as the scheduler and the kubelet told it. */
    @Override
    public Optional<Probe<String>> diagnosis() {
        return Optional.of(
                Probe.text(
                        "coredns events",
                        Probe.LIFTED
                                + "k3s kubectl -n kube-system get pods -l k8s-app=kube-dns -o wide --no-headers; k3s kubectl -n kube-system"
                                + " get events --field-selector type=Warning --sort-by=.lastTimestamp --no-headers | tail -n 5"));
    }
}

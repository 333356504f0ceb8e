package homelab.resource.bundled;

import homelab.model.Traefik;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import homelab.resource.helm.Differences;
import homelab.resource.helm.ReleaseLook;
import homelab.resource.helm.Revision;
import homelab.resource.helm.Trees;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Traefik runs with what it was told: Helm was told the values, its arguments say them, and its Service does. Between the
 * object and this k3s's job has to run, which nobody else watches. Whether its pods are ready is {@link Component}'s:
 * they come and go with nodes, and a pod that moves is no reason to run Helm again. Asked on a server.
 *
 * @param values all that its chart is told by us
 */
public record TraefikRuns(Traefik wanted, Map<String, Object> values) implements Resource {
    private static final Probe<ReleaseLook> RELEASE = ReleaseLook.probe("kube-system", "traefik");

    @Override
    public String id() {
        return "Traefik";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(BundledLook.PROBE, RELEASE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(BundledLook.PROBE),
                look -> Status.of(readings.of(RELEASE), release -> {
                    List<Change> changes = new ArrayList<>(release(release));
                    changes.addAll(arguments(look));
                    changes.addAll(service(look));
                    changes.addAll(deployment(look));
                    return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, worst(release, changes));
                }));
    }

    /** A release that Helm is at work on, and that says nothing else than ours, only has to come to its end. */
    private static Worst worst(ReleaseLook release, List<Change> changes) {
        boolean atWork =
                release.newest().filter(is -> is.status().startsWith("pending")).isPresent();
        return atWork && changes.size() == 1 ? Worst.WAIT : Worst.RESTART;
    }

    /** Our values in what Helm was told; what k3s's own HelmChart says besides is k3s's. */
    private List<Change> release(ReleaseLook look) {
        Optional<Revision> newest = look.newest();
        if (newest.isEmpty()) {
            return List.of(new Change("release kube-system/traefik", "absent", "deployed"));
        }
        Revision is = newest.get();
        List<Change> changes = new ArrayList<>();
        if (!is.status().equals("deployed")) {
            changes.add(new Change("release kube-system/traefik", is.status() + ": " + is.description(), "deployed"));
        }
        changes.addAll(Differences.of("Traefik value ", is.values(), Trees.over(is.values(), values)));
        return changes;
    }

    private List<Change> arguments(BundledLook look) {
        List<String> are = look.at(BundledLook.TRAEFIK).stream()
                .flatMap(deployment -> Trees.list(deployment, "spec", "template", "spec", "containers").stream())
                .flatMap(container -> Trees.list(container, "args").stream())
                .map(String::valueOf)
                .toList();
        String ips = wanted.trustedIps().stream().map(String::valueOf).collect(Collectors.joining(","));
        return List.of("web", "websecure").stream()
                .filter(port -> !ips.isEmpty() && !values.toString().contains("insecure"))
                .map(port -> "--entryPoints." + port + ".forwardedHeaders.trustedIPs=")
                .filter(argument -> are.stream().noneMatch(is -> is.equals(argument + ips)))
                .map(argument -> new Change("Traefik argument " + argument, value(are, argument), ips))
                .toList();
    }

    private static String value(List<String> arguments, String name) {
        return arguments.stream()
                .filter(is -> is.startsWith(name))
                .map(is -> is.substring(name.length()))
                .findFirst()
                .orElse("absent");
    }

    private List<Change> service(BundledLook look) {
        String is = look.at(BundledLook.TRAEFIK_SERVICE)
                .map(service -> Trees.word(service, "spec", "externalTrafficPolicy"))
                .filter(policy -> !policy.isEmpty())
                .orElse("absent");
        return wanted.externalTrafficPolicy().stream()
                .filter(policy -> !policy.equals(is))
                .map(policy -> new Change("Service kube-system/traefik spec.externalTrafficPolicy", is, policy))
                .toList();
    }

    private static List<Change> deployment(BundledLook look) {
        return look.at(BundledLook.TRAEFIK).isPresent()
                ? List.of()
                : List.of(new Change("Deployment kube-system/traefik", "absent", "present"));
    }

    /** Helm's objects that were changed by hand are Helm's to mend; the job that runs it is made anew when it is gone. */
    @Override
    public Deed deed() {
        return Deed.Shell.of("""
                exec >&2
                ended=$(k3s kubectl -n kube-system get job helm-install-traefik -o jsonpath='{.status.succeeded}')
                [ "$ended" != 1 ] || k3s kubectl -n kube-system delete job helm-install-traefik
                """);
    }

    @Override
    public Duration patience() {
        return Duration.ofMinutes(5);
    }

    /** With "abort" the job says that it waits for a person, and goes on trying. */
    @Override
    public List<Probe<Optional<String>>> vain() {
        return List.of(Probe.of(
                "traefik in vain",
                JOB,
                answer -> Optional.of(answer.text().strip())
                        .filter(text -> text.contains("operator intervention"))
                        .map(text -> "k3s's job has given up\n" + text)));
    }

    @Override
    public Optional<Probe<String>> diagnosis() {
        return Optional.of(Probe.text("traefik job", JOB));
    }

    private static final String JOB = Probe.LIFTED + """
            k3s kubectl -n kube-system get pods -l helmcharts.helm.cattle.io/chart=traefik --sort-by=.metadata.creationTimestamp \\
              -o jsonpath='{range .items[*]}{range .status.containerStatuses[*]}{.state.terminated.message}{.lastState.terminated.message}{"\\n"}{end}{end}' |
              grep . | tail -n 6
            """;
}

package homelab.doctor.k3s;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.model.Node;
import homelab.probe.Answer;
import homelab.probe.ApiReads;
import homelab.probe.Probe;
import homelab.probe.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** K3S-011: nobody uses an API that the next versions of Kubernetes will not have. */
final class DeprecatedApis implements Check {
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final Pattern MINOR = Pattern.compile("1\\.(\\d{1,4})");
    /** The metrics are megabytes; only these lines leave the host. */
    static final Probe<List<Asked>> PROBE = new Probe<>(
            "doctor:deprecated",
            "(\n" + ApiReads.read("/metrics")
                    + ") | grep -E '^(apiserver_requested_deprecated_apis|process_start_time)'\n",
            Duration.ofSeconds(15),
            DeprecatedApis::parse);

    /** @param removed the minor version that no longer has it; empty where none is named */
    record Asked(String api, Optional<Integer> removed) {}

    @Override
    public String id() {
        return "K3S-011";
    }

    @Override
    public List<Probe<?>> then(House house, Node node) {
        return Kubelets.asked(house).equals(Optional.of(node)) ? List.of(PROBE) : List.of();
    }

    private static List<Asked> parse(Answer answer) {
        if (!answer.text().contains("process_start_time")) {
            throw new IllegalStateException("the API does not tell its metrics");
        }
        return answer.text()
                .lines()
                .filter(line -> line.startsWith("apiserver_requested_deprecated_apis"))
                .map(DeprecatedApis::asked)
                .toList();
    }

    private static Asked asked(String line) {
        String group = "";
        String version = "";
        String resource = "";
        Optional<Integer> removed = Optional.empty();
        for (Matcher label = LABEL.matcher(line); label.find(); ) {
            switch (label.group(1)) {
                case "group" -> group = label.group(2).isEmpty() ? "" : label.group(2) + "/";
                case "version" -> version = label.group(2);
                case "resource" -> resource = label.group(2);
                case "removed_release" -> removed = minor(label.group(2));
                default -> {}
            }
        }
        return new Asked(resource + " of " + group + version, removed);
    }

    private static Optional<Integer> minor(String release) {
        Matcher minor = MINOR.matcher(release);
        return minor.matches() ? Optional.of(Integer.parseInt(minor.group(1))) : Optional.empty();
    }

    @Override
    public List<Finding> judge(House house) {
        Optional<Node> server = Kubelets.asked(house);
        if (server.isEmpty()) {
            return List.of(unknown("cluster", "the API does not answer on any server"));
        }
        Reading<List<Asked>> reading = house.reading(server.get(), PROBE);
        return List.of(
                reading instanceof Reading.Known<List<Asked>> known
                        ? judge(house, known.value())
                        : unknown("cluster", ((Reading.Unknown<List<Asked>>) reading).why()));
    }

    private Finding judge(House house, List<Asked> all) {
        int next = house.cluster().k3s().version().minor();
        List<String> gone = new ArrayList<>();
        List<String> going = new ArrayList<>();
        for (Asked asked : all) {
            asked.removed()
                    .ifPresent(minor -> (minor <= next ? gone : going)
                            .add(asked.api() + ", gone in 1." + minor + " (metric of the API server)"));
        }
        String fix = "kubectl get events -A, and look for who applies it: charts and manifests in Git";
        if (!gone.isEmpty()) {
            return fail("cluster", "an API is used that the inventory's version does not have")
                    .by(gone)
                    .fix(fix);
        }
        return going.isEmpty()
                ? pass("cluster", "nobody has asked for an API that will go")
                : warn("cluster", "an API is used that a coming version will not have")
                        .by(going)
                        .fix(fix);
    }
}

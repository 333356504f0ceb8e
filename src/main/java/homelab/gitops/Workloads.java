package homelab.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.gitops.WorkloadStanding.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Follows the workloads of an Application from Git's files to the pods. */
final class Workloads {
    private final Live live;
    private final List<WorkloadStanding> standings = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private State state = State.AS_GIT_SAYS;

    Workloads(Live live) {
        this.live = live;
    }

    List<WorkloadStanding> standings() {
        return standings;
    }

    List<Finding> findings() {
        return findings;
    }

    State state() {
        return state;
    }

    /** @param target what Git's files were rendered to, if that is known */
    void follow(Application application, Id id, Optional<JsonNode> target) {
        Optional<JsonNode> found = live.of(id);
        if (found.isEmpty()) {
            return; // Argo CD itself tells what is missing
        }
        JsonNode workload = found.get();
        Values says = Values.ofWorkload(workload);
        Values git = target.map(Values::ofWorkload).orElse(says);
        List<JsonNode> pods = live.pods(workload);
        standings.add(standing(id, git, says, pods, target.isPresent()));
        judgeObject(application, id, workload, says.differing(git, true));
        judgePods(id, workload, says, pods);
    }

    private static WorkloadStanding standing(Id id, Values git, Values says, List<JsonNode> pods, boolean gitSeen) {
        Set<String> what = new TreeSet<>(says.differing(git, true));
        int right = 0;
        for (JsonNode pod : pods) {
            Set<String> differing = Values.ofPod(pod).differing(git, false);
            what.addAll(differing);
            right += differing.isEmpty() ? 1 : 0;
        }
        List<Difference> differences =
                what.stream().map(one -> difference(one, git, says, pods)).toList();
        return new WorkloadStanding(id, differences, pods.size(), right, ready(pods), gitSeen);
    }

    private static int ready(List<JsonNode> pods) {
        return (int) pods.stream()
                .flatMap(pod -> stream(Json.at(pod, "status", "conditions")))
                .filter(one -> Json.word(one, "type").equals("Ready"))
                .filter(one -> Json.word(one, "status").equals("True"))
                .count();
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static Difference difference(String what, Values git, Values says, List<JsonNode> pods) {
        if (what.equals("replicas")) {
            return new Difference(
                    what, git.without(what, says), says.without(what, git), List.of(String.valueOf(pods.size())));
        }
        Values other = pods.stream()
                .map(Values::ofPod)
                .filter(pod -> pod.differing(git, false).contains(what))
                .findFirst()
                .orElse(says);
        List<String> running = pods.stream()
                .map(pod -> Values.ofPod(pod).differing(git, false).contains(what)
                        ? Values.ofPod(pod).without(what, git)
                        : git.without(what, other))
                .distinct()
                .toList();
        boolean objectToo = says.differing(git, true).contains(what);
        return new Difference(
                what,
                git.without(what, other),
                objectToo ? says.without(what, git) : git.without(what, other),
                running);
    }

    /** Why the cluster's object is not what Git says. */
    private void judgeObject(Application application, Id id, JsonNode workload, Set<String> differing) {
        if (differing.isEmpty()) {
            return;
        }
        state = State.worse(state, application.isSynced() ? State.OLD_RUNS : State.DIFFERS);
        Hidden.why(application, id, workload, differing).ifPresent(findings::add);
    }

    private void judgePods(Id id, JsonNode workload, Values says, List<JsonNode> pods) {
        List<JsonNode> old = pods.stream()
                .filter(pod -> !Values.ofPod(pod).differing(says, false).isEmpty())
                .toList();
        if (old.isEmpty()) {
            return;
        }
        Finding finding = Rollout.why(id, workload, pods, old);
        findings.add(finding);
        state = State.worse(state, finding.name().equals("RollingOut") ? State.ROLLING : State.OLD_RUNS);
    }
}

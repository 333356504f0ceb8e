package homelab.resource.backup;

import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.List;

/** What was paused for a copy runs again, by this run or one that was cut off. Looked at and done on a server. */
public record ResumedWorkloads() implements Resource {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** Also of use where no plan is carried out any more. */
    public static final Deed.Shell RESUME =
            new Deed.Shell("set -u\n" + WorkloadScript.PIECES + """
            list=$(noted) || exit 1
            bad=0
            while read -r kind namespace name replicas; do
              [ -n "$kind" ] || continue
              k -n "$namespace" scale "$kind/$name" --replicas="${replicas%%%%:*}" >/dev/null &&
                k -n "$namespace" annotate "$kind/$name" %s- >/dev/null || bad=1
            done <<E
            $list
            E
            exit $bad
            """.formatted(WorkloadScript.NOTE), LIMIT);

    @Override
    public String id() {
        return "workloads that were paused";
    }

    private static Probe<List<String>> probe() {
        return new Probe<>(
                "backup:noted",
                WorkloadScript.PIECES + "noted || exit 1\n",
                Duration.ofSeconds(60),
                ResumedWorkloads::parse);
    }

    private static List<String> parse(Answer answer) {
        if (!answer.ok()) {
            throw new IllegalStateException("the API does not tell what was paused");
        }
        return answer.text().lines().filter(line -> !line.isBlank()).toList();
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(probe()),
                noted -> noted.isEmpty()
                        ? Status.SAME
                        : new Status.Drift(
                                noted.stream().map(ResumedWorkloads::change).toList(), Worst.START));
    }

    private static Change change(String line) {
        String[] words = line.strip().split("\\s+");
        return words.length == 4
                ? new Change(
                        words[0] + " " + words[1] + "/" + words[2],
                        "paused",
                        words[3].replaceFirst(":.*", "") + " replicas")
                : new Change(line.strip(), "paused", "as before");
    }

    @Override
    public Deed deed() {
        return RESUME;
    }
}

package homelab.resource.backup;

import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Sh;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.List;

/**
 * Nobody writes to these claims: the workloads whose pods mount them have no pods. Looked at and done on a server.
 *
 * @param claims {@code NAMESPACE/CLAIM}
 * @param run for which it is done
 */
public record PausedWorkloads(List<String> claims, String run) implements Resource {
    private static final String NOTED = "noted ";

    private static final Duration LIMIT = Duration.ofMinutes(8);

    public PausedWorkloads {
        claims = List.copyOf(claims);
    }

    @Override
    public String id() {
        return "pause of " + String.join(", ", claims);
    }

    private Probe<List<String>> probe() {
        StringBuilder shell = new StringBuilder(WorkloadScript.PIECES);
        claims.forEach(claim -> shell.append("users ").append(words(claim)).append(" || exit 1\n"));
        shell.append("all=$(noted) || exit 1\n[ -z \"$all\" ] || echo \"$all\" | sed 's/^/")
                .append(NOTED)
                .append("/'\n");
        return new Probe<>("backup:users", shell.toString(), Duration.ofSeconds(60), PausedWorkloads::parse);
    }

    private static String words(String claim) {
        return Sh.quote(List.of(claim.split("/", 2)));
    }

    private static List<String> parse(Answer answer) {
        if (!answer.ok()) {
            throw new IllegalStateException("the API does not tell who mounts a claim");
        }
        return answer.text().lines().filter(line -> !line.isBlank()).toList();
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(probe()), this::judged);
    }

    /** What a run that was cut off paused runs again before this one begins, and is to be paused anew. */
    private Status judged(List<String> lines) {
        List<Change> changes = lines.stream()
                .filter(line -> !line.startsWith(NOTED))
                .map(user -> new Change("pod " + user.split(" ")[0], "running", "away meanwhile"))
                .toList();
        if (!changes.isEmpty()) {
            return new Status.Drift(changes, Worst.RESTART);
        }
        boolean cutOff = lines.stream().anyMatch(line -> !line.strip().endsWith(":" + run));
        return cutOff ? new Status.Waits("what was paused before runs again", Worst.RESTART) : Status.SAME;
    }

    /** Written down before it is done; what is written already is of a run that was cut off, and stays. */
    @Override
    public Deed deed() {
        StringBuilder shell =
                new StringBuilder("set -u\n" + WorkloadScript.PIECES + """
                pause() { # NAMESPACE CLAIM
                  list=$(users "$1" "$2") || exit 1
                  echo "$list" | while read -r pod kind owner; do
                    [ -n "$pod" ] || continue
                    what=$kind/$owner
                    [ "$kind" != ReplicaSet ] || what=$(k -n "$1" get replicaset "$owner" -o 'jsonpath={.metadata.ownerReferences[0].kind}/{.metadata.ownerReferences[0].name}')
                    case $what in
                      Deployment/* | StatefulSet/*) ;;
                      *) echo "pod $1/$pod mounts the claim $2 and is of $what, which cannot be paused" >&2; exit 1 ;;
                    esac
                    now=$(k -n "$1" get "$what" -o 'jsonpath={.spec.replicas}') || exit 1
                    [ "$now" != 0 ] || continue
                    k -n "$1" annotate "$what" %1$s="$now:%2$s" >/dev/null 2>&1 || k -n "$1" get "$what" -o yaml | grep -q %1$s || exit 1
                    k -n "$1" scale "$what" --replicas=0 >/dev/null || exit 1
                  done || exit 1
                  i=0
                  while left=$(users "$1" "$2") && [ -n "$left" ]; do
                    i=$((i + 1))
                    [ "$i" -lt 300 ] || { echo "still there after 5 min: $left" >&2; exit 1; }
                    sleep 1
                  done
                }
                """.formatted(WorkloadScript.NOTE, run));
        claims.forEach(claim -> shell.append("pause ").append(words(claim)).append('\n'));
        return new Deed.Shell(shell.toString(), LIMIT);
    }
}

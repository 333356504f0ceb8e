package homelab.gitops;

import java.util.List;

/**
 * A workload of an Application, followed from Git to its pods.
 *
 * @param pods how many run; @param right how many of them as Git says, or as the workload says where Git could not be seen
 * @param ready how many of them are Ready
 * @param gitSeen whether what Git says is known
 */
public record WorkloadStanding(Id id, List<Difference> differences, int pods, int right, int ready, boolean gitSeen) {

    /**
     * One value, only with those words that are not the same everywhere.
     *
     * @param git what the files were rendered to; @param object what the workload says; @param running each of what pods have
     */
    public record Difference(String what, String git, String object, List<String> running) {
        public Difference {
            running = List.copyOf(running);
        }
    }

    public WorkloadStanding {
        differences = List.copyOf(differences);
    }
}

package homelab.gitops;

import java.util.List;

/**
 * How an Application stands.
 *
 * @param now the commits that its sources have in Git now; {@code ?} where Git could not be asked, a version for a chart
 */
public record Standing(
        Application application,
        State state,
        Pause pause,
        List<String> now,
        List<WorkloadStanding> workloads,
        List<Finding> findings) {

    public Standing {
        now = List.copyOf(now);
        workloads = List.copyOf(workloads);
        findings = List.copyOf(findings);
    }

    /** Whether all that could be looked at is as Git says. */
    public boolean isAsGitSays() {
        return state == State.AS_GIT_SAYS;
    }
}

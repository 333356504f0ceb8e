package homelab.command;

import homelab.model.Cluster;
import homelab.phase.VersionSkew;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Option;

/** That somebody else is to do the upgrade: the system-upgrade-controller, which is told by Plans. */
final class PlansChoice {
    private static final String STREAM = "-";

    @Option(
            names = "--plans",
            paramLabel = "FOLDER",
            description = {
                "Upgrade nothing, and write Plans for the system-upgrade-controller into this folder; - is standard output. Plans",
                "take no snapshot, know no gates between servers and keep no program of before."
            })
    private Optional<String> folder = Optional.empty();

    boolean meant() {
        return folder.isPresent();
    }

    /** @throws Failure with exit USAGE for words that do not go with it */
    void refuseBeside(boolean os, boolean json) {
        if (meant() && (os || json)) {
            throw new Failure(
                    Exit.USAGE,
                    Problem.of(
                            "--plans is typed beside " + (os ? "--os" : "-o json"),
                            os ? "these Plans know k3s alone" : "what it writes is YAML for kubectl",
                            "homelab upgrade --plans " + folder.orElse(STREAM)));
        }
    }

    /**
     * Judged by what runs, since the controller would jump over minors.
     *
     * @param over whether files that say something else may go
     */
    Exit write(Io io, Job job, UnaryOperator<Problem> told, boolean over, boolean dryRun) {
        Checked.refuse(VersionSkew.refused(job.cluster(), job.workshop().facts()).stream()
                .map(told)
                .toList());
        job.quiet();
        UpgradePlans plans = UpgradePlans.of(job.cluster());
        if (dryRun || folder.equals(Optional.of(STREAM))) {
            io.out().print(plans.text());
        } else {
            Path target = io.folder().resolve(folder.orElseThrow());
            List<Path> written = plans.write(target, over);
            io.out().println(written.isEmpty() ? "nothing to do: the Plans are there" : "written: " + words(written));
            io.err().print(next(target, job.cluster()));
        }
        job.tellUnreachable();
        return job.workshop().fleet().unreachable().isEmpty() ? Exit.DONE : Exit.BLIND;
    }

    private static String words(List<Path> files) {
        return String.join(", ", files.stream().map(Path::toString).toList());
    }

    private static String next(Path folder, Cluster cluster) {
        return """
                before:  homelab snapshot save before-upgrade; the controller has to be there, docs.k3s.io/upgrades/automated
                then:    kubectl --context %s apply -f %s; kubectl -n system-upgrade get plans,jobs
                after:   k3s.version: %s in the inventory, or homelab takes the new k3s for one that it must not touch
                """.formatted(cluster.name(), folder, cluster.k3s().version());
    }
}

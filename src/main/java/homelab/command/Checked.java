package homelab.command;

import homelab.facts.Founding;
import homelab.phase.Phase;
import homelab.phase.Site;
import homelab.plan.Finding;
import homelab.plan.Plan;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.run.Event;
import homelab.run.Planner;
import java.util.ArrayList;
import java.util.List;

/**
 * A plan, and what speaks against starting it.
 *
 * @param making whether the hosts are to become a cluster; what speaks against that does not speak against taking away
 */
record Checked(Job job, Consent consent, boolean making) {

    /** For a look: nothing is written on any host to find out what it is worth. */
    Plan toShow(List<Phase> phases) {
        return plan(phases, making ? job.workshop().preflight() : List.of());
    }

    Plan toDo(List<Phase> phases) {
        List<Finding> findings = new ArrayList<>();
        if (making) {
            findings.addAll(job.workshop().preflight());
            findings.addAll(job.workshop().slowDisks());
        }
        return plan(phases, findings);
    }

    private Plan plan(List<Phase> phases, List<Finding> findings) {
        Site site = job.workshop().site();
        if (making) {
            refuseWhatCannotWork(site, findings);
        }
        return Planner.plan(phases, site, job.workshop().places()).after(findings);
    }

    /** Refused or not, everything is told at once: what is only a warning stands above the refusals. */
    private void refuseWhatCannotWork(Site site, List<Finding> findings) {
        List<Problem> refused =
                findings.stream().filter(Finding::refused).map(Finding::problem).toList();
        if (!refused.isEmpty()) {
            findings.stream()
                    .filter(finding -> !finding.refused())
                    .forEach(finding -> job.events().tell(new Event.Note(told(finding))));
        }
        refuse(refused);
        if (site.founding() instanceof Founding.Doubtful doubtful && !consent.foundNewCluster()) {
            throw new Failure(Exit.REFUSED, doubtful.against());
        }
    }

    private static String told(Finding finding) {
        Problem problem = finding.problem();
        return finding.severity().word() + ": " + problem.what() + ": " + problem.why() + ". " + problem.fix();
    }

    static void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new Failure(Exit.REFUSED, problems);
        }
    }
}

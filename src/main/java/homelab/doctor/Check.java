package homelab.doctor;

import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Probe;
import java.util.List;

/**
 * One thing that doctor knows how to look at and how to judge. A check holds no state and reaches nothing: it names what
 * is to be asked, and judges what came back, today's or that of a kept snapshot. What it is for, its thresholds and their
 * sources stand on its {@link Page}.
 */
public interface Check {

    /** Never used again for another check, e.g. "HOST-004". */
    String id();

    /** What is asked of every host that is reached. */
    default List<Probe<?>> probes(Cluster cluster, Node node) {
        return List.of();
    }

    /** What is asked of it in the second trip, when the answers of the first are known. */
    default List<Probe<?>> then(House house, Node node) {
        return List.of();
    }

    /** What is asked of the API. */
    default List<Listing> listings() {
        return List.of();
    }

    /** A finding for each subject, also for those that pass. Nothing where there is nothing to judge. */
    List<Finding> judge(House house);

    /**
     * The resources by which bootstrap sets right what this check finds, and nothing else: {@code doctor --fix} may do
     * those of checks whose page says that it is safe.
     */
    default List<String> mendedBy() {
        return List.of();
    }

    default Finding pass(String subject, String what) {
        return new Finding(id(), Verdict.PASS, subject, what);
    }

    default Finding warn(String subject, String what) {
        return new Finding(id(), Verdict.WARN, subject, what);
    }

    default Finding fail(String subject, String what) {
        return new Finding(id(), Verdict.FAIL, subject, what);
    }

    default Finding unknown(String subject, String why) {
        return new Finding(id(), Verdict.UNKNOWN, subject, why);
    }

    /** @param why what is not there */
    default Finding absent(String subject, String why) {
        return new Finding(id(), Verdict.NOT_APPLICABLE, subject, why);
    }
}

package homelab.gitops;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The judgement of one Application as it grows: the worst of its states, and all that was found. */
final class Verdict {
    private final List<Finding> findings = new ArrayList<>();
    private State state = State.AS_GIT_SAYS;

    State state() {
        return state;
    }

    List<Finding> findings() {
        return findings;
    }

    void add(State worst, Finding finding) {
        worsen(worst);
        findings.add(finding);
    }

    /** Worth telling, and no reason to call the Application anything else. */
    void tell(Finding finding) {
        findings.add(finding);
    }

    void tell(Collection<Finding> several) {
        findings.addAll(several);
    }

    void worsen(State worst) {
        state = State.worse(state, worst);
    }
}

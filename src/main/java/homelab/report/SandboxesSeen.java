package homelab.report;

import homelab.model.NodeName;
import homelab.recovery.Evidence;
import homelab.recovery.Judgement;
import homelab.recovery.Judgement.OfContainer;
import homelab.recovery.Judgement.OfSandbox;
import java.util.List;
import java.util.stream.Stream;

/** What a node keeps of pods, and what was decided of it. */
public record SandboxesSeen(NodeName node, Evidence evidence, List<Judgement> judged) {

    public SandboxesSeen {
        judged = List.copyOf(judged);
    }

    /** Class D: containerd cannot start because of what it keeps. */
    public boolean isFatal() {
        return evidence.fatal() && !evidence.runtime().equals("answers");
    }

    Stream<OfSandbox> sandboxes() {
        return judged.stream().filter(OfSandbox.class::isInstance).map(OfSandbox.class::cast);
    }

    Stream<OfContainer> containers() {
        return judged.stream().filter(OfContainer.class::isInstance).map(OfContainer.class::cast);
    }

    /** Whether something of this pod keeps a name that is asked for. */
    public boolean barsBy(String pod) {
        return !evidence.conflictsOf(pod).isEmpty();
    }
}

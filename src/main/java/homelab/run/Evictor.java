package homelab.run;

import homelab.model.NodeName;
import java.util.Optional;

/** By whom pods are told to leave a node. */
public interface Evictor extends AutoCloseable {

    /** From now on the node takes no new pods. */
    void cordon(NodeName node);

    /**
     * Asks for a pod to end, as its budgets allow.
     *
     * @return why it may not go now; empty when it was told to end, or is gone
     */
    Optional<String> evict(String namespace, String pod);

    /** Tells a pod to end, whatever its budgets say. */
    void delete(String namespace, String pod);

    @Override
    void close();
}

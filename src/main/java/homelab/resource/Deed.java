package homelab.resource;

import homelab.model.Label;
import homelab.model.NodeName;
import homelab.model.Taint;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** An idempotent way to make a resource so. Data: {@code run} carries it out. */
public sealed interface Deed {

    /** POSIX sh, run as root on the target; non-zero is a failure whose standard error is the reason. */
    record Shell(String script, Duration limit) implements Deed {
        public static Shell of(String script) {
            return new Shell(script, Duration.ofSeconds(60));
        }

        /** Does not show the script, which may hold a secret. */
        @Override
        public String toString() {
            return "Shell[" + limit + "]";
        }
    }

    /**
     * A change that may lock out whoever makes it: the host takes it back by itself, also after a reboot, unless it is
     * confirmed over a new connection once it is done.
     */
    record UntilConfirmed(Shell shell) implements Deed {
        static UntilConfirmed of(String script, Duration limit) {
            return new UntilConfirmed(new Shell(script, limit));
        }
    }

    /** A release file brought into the cache here, verified against its pin. */
    record Fetch(URI from, Path cached, String sha256) implements Deed {}

    /** A verified local file put on the host. */
    record Upload(Path local, String remotePath, String sha256, String mode) implements Deed {}

    /** A file brought into the cache here if it is not there yet, and from here to the host. */
    record Deliver(Fetch fetch, Upload upload) implements Deed {}

    /** Nothing to do but wait until the resource's patience ends or it is so. */
    record Await() implements Deed {}

    /**
     * All labels and taints that homelab wants on a Node, set by the API. Removed are the keys in {@code dropLabels} and
     * {@code dropTaints}, and those that the Node's annotations say were ours and that are no longer wanted.
     */
    record PatchNode(
            NodeName node, List<Label> labels, Set<String> dropLabels, List<Taint> taints, Set<String> dropTaints)
            implements Deed {}

    /**
     * The admin kubeconfig read from a server and merged under a context name into a local file.
     *
     * @param replace whether entries of that name may go that belong to another cluster
     */
    record MergeKubeconfig(NodeName server, String context, String apiUrl, Path file, boolean replace)
            implements Deed {}

    /** The entries of a context that belongs to the cluster of this CA, taken out of a local kubeconfig. */
    record DropContext(String context, String caSha256, Path file) implements Deed {}

    /**
     * A node is closed to new pods, and those that are to leave it are evicted, which their budgets may put off.
     *
     * @param limit how long they may take altogether
     */
    record Empty(Drained node, Duration limit) implements Deed {}

    /**
     * A reboot of the target; done when it answers with another boot id.
     *
     * @param alone whether no other host may be away at the same time
     */
    record Reboot(Duration limit, boolean alone) implements Deed {}
}

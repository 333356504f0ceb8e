package homelab.host;

import homelab.model.Cluster;
import homelab.model.Node;

/** Opens hosts. The only way by which the rest of the program gets one. */
public interface Connector extends AutoCloseable {

    /**
     * Connects, within the connector's own deadline.
     *
     * @throws homelab.problem.Failure with exit BLIND and a Problem that names the node: unreachable, refused key,
     *     changed host key, no sudo
     */
    Host connect(Cluster cluster, Node node);

    /** A further connection by the same way, made anew: whether somebody is still let in is only seen so. The caller closes it. */
    Host connectAnew(Cluster cluster, Node node);

    @Override
    void close();
}

package homelab.resource;

import homelab.model.NodeName;

/** A resource that the cluster keeps of one node: looked at and changed through the API, wherever that answers. */
public interface OfNode {
    NodeName node();
}

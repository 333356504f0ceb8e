package homelab.plan;

import homelab.model.NodeName;

/** Where a step is done. */
public sealed interface Target {

    record OnHost(NodeName node) implements Target {
        @Override
        public String toString() {
            return node.text();
        }
    }

    /** Looked at through the live leader, done by the API. */
    record OnCluster() implements Target {
        @Override
        public String toString() {
            return "cluster";
        }
    }

    /** This machine, as the user who runs homelab. */
    record Here() implements Target {
        @Override
        public String toString() {
            return "here";
        }
    }
}

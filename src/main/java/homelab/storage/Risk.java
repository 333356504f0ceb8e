package homelab.storage;

/** What may happen to the data of a volume, the worst first. */
public enum Risk {
    /** No copy can be read. */
    LOST("no healthy copy"),
    /** The node that holds the only healthy copy takes the data with it. */
    ONE_NODE("lost with"),
    /** Any one node may go, and fewer copies are there than were asked for. */
    DEGRADED("survives, degraded"),
    SAFE("survives"),
    /** Kept outside of the nodes: an NFS server, a cloud. */
    ELSEWHERE("not on the nodes");

    private final String words;

    Risk(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}

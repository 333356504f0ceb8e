package homelab.model;

/** Flannel's way of carrying pod traffic between nodes, as k3s spells it in {@code flannel-backend}. */
public enum Backend {
    VXLAN("vxlan", 8472),
    HOST_GW("host-gw", 0),
    WIREGUARD("wireguard-native", 51820),
    NONE("none", 0);

    private final String word;
    private final int udpPort;

    Backend(String word, int udpPort) {
        this.word = word;
        this.udpPort = udpPort;
    }

    public String word() {
        return word;
    }

    /** The UDP port that must be open between all nodes; 0 when there is none (k3s docs, "Networking"). */
    public int udpPort() {
        return udpPort;
    }
}

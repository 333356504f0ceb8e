package homelab.model;

import java.util.Locale;

/** What a node does in the cluster. */
public enum Role {
    /** Runs the control plane and, in this project always, workloads too unless tainted. */
    SERVER,
    AGENT;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The systemd unit that k3s's own installer makes for the role. */
    public String unit() {
        return this == SERVER ? "k3s" : "k3s-agent";
    }
}

package homelab.lab;

import java.util.Arrays;
import java.util.List;

/** One thing broken by hand on a host that is in order, and what the plan must say of it and nothing else. */
enum Breakage {
    STOPPED_UNIT(Lab.AGENT, "systemctl stop k3s-agent", "inactive → active", "start service k3s-agent"),
    EDITED_CONFIG(
            Lab.AGENT,
            "echo 'kubelet-arg: [max-pods=7]' >>/etc/rancher/k3s/config.yaml",
            "kubelet-arg",
            "change file /etc/rancher/k3s/config.yaml"),
    DELETED_FIREWALL_RULE(
            Lab.SERVER,
            "yes | ufw delete $(ufw status numbered | sed -n 's/^\\[ *\\([0-9]*\\)\\] 10250.*/\\1/p')",
            "absent → allow 10250/tcp",
            "create firewall rules"),
    CHANGED_LABEL(
            Lab.SERVER,
            "k3s kubectl label node ultron disk=rust --overwrite",
            "rust → ssd",
            "change labels and taints of ultron");

    final String node;
    final String script;
    final String change;
    final List<String> steps;

    Breakage(String node, String script, String change, String... steps) {
        this.node = node;
        this.script = script;
        this.change = change;
        this.steps = Arrays.asList(steps);
    }
}

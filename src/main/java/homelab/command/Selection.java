package homelab.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which part of the work is meant. */
final class Selection {

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PHASE",
            description = {
                "Only these phases: host, harden, firewall, artifacts, founding, config, server, agents, nodes, kubeconfig, verify, bundled, addons."
            })
    private List<String> only = new ArrayList<>();

    List<String> only() {
        return List.copyOf(only);
    }
}

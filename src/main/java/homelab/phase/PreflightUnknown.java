package homelab.phase;

import homelab.facts.Facts;
import homelab.model.Node;
import homelab.plan.Finding;
import homelab.plan.Finding.Severity;
import homelab.probe.Reading;
import homelab.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/** Parts that could not be looked at. The other rules pass over them in silence, so they are told here. */
final class PreflightUnknown {
    private PreflightUnknown() {}

    /** Refused where going on blindly could break something that is there or could only fail half-way. */
    static List<Finding> judge(Node node, Facts facts) {
        List<Finding> findings = new ArrayList<>();
        add(findings, Severity.REFUSE, node, "operating system", facts.os());
        add(findings, Severity.REFUSE, node, "init system", facts.init());
        add(findings, Severity.REFUSE, node, "architecture", facts.arch());
        add(findings, Severity.REFUSE, node, "user land's architecture", facts.userland());
        add(findings, Severity.REFUSE, node, "k3s", facts.k3s());
        add(findings, Severity.REFUSE, node, "other Kubernetes", facts.otherRuntimes());
        add(findings, Severity.WARN, node, "host name", facts.hostname());
        add(findings, Severity.WARN, node, "machine id", facts.machineId());
        add(findings, Severity.WARN, node, "cgroups", facts.cgroupControllers());
        add(findings, Severity.WARN, node, "memory", facts.memoryBytes());
        add(findings, Severity.WARN, node, "disks", facts.disks());
        add(findings, Severity.WARN, node, "clock", facts.clock());
        add(findings, Severity.WARN, node, "network interfaces", facts.nics());
        add(findings, Severity.WARN, node, "listening ports", facts.listeners());
        add(findings, Severity.WARN, node, "package manager", facts.packagesLocked());
        return findings;
    }

    private static void add(List<Finding> findings, Severity severity, Node node, String part, Reading<?> reading) {
        if (reading instanceof Reading.Unknown<?> unknown) {
            findings.add(new Finding(severity, problem(node, part, unknown.why())));
        }
    }

    private static Problem problem(Node node, String part, String why) {
        return Problem.of(
                node.name() + ": " + part + " could not be looked at",
                why,
                "run again; homelab facts shows what could be looked at");
    }
}

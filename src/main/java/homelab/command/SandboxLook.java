package homelab.command;

import homelab.host.Script;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.problem.Exit;
import homelab.problem.Problem;
import homelab.recovery.Decision;
import homelab.recovery.Evidence;
import homelab.recovery.Judgement;
import homelab.recovery.Scripts;
import homelab.recovery.Wish;
import homelab.report.SandboxProblems;
import homelab.report.SandboxesSeen;
import homelab.run.Event;
import homelab.run.Look;
import homelab.run.Parallel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What each node keeps of pods, and what was decided of it. */
record SandboxLook(List<SandboxesSeen> seen, List<NodeName> blind, List<Problem> unseen) {
    private static final Probe<Evidence> EVIDENCE = Scripts.evidence();

    static SandboxLook at(Job job, Wish wish) {
        job.events().tell(new Event.Looking("what dead pods left"));
        Map<Node, Reading<Evidence>> read = Parallel.allOrFail(Parallel.each(
                job.workshop().reached(),
                node -> Look.at(job.workshop().fleet().host(node.name()), List.of(EVIDENCE), Script.As.ROOT)
                        .of(EVIDENCE)));
        List<SandboxesSeen> seen = new ArrayList<>();
        List<NodeName> blind = new ArrayList<>();
        List<Problem> unseen = new ArrayList<>();
        read.forEach((node, reading) -> {
            if (reading instanceof Reading.Known<Evidence> known) {
                seen.add(new SandboxesSeen(node.name(), known.value(), Decision.of(known.value(), wish)));
            } else {
                blind.add(node.name());
                unseen.add(SandboxProblems.unseen(node.name(), ((Reading.Unknown<Evidence>) reading).why()));
            }
        });
        return new SandboxLook(List.copyOf(seen), List.copyOf(blind), List.copyOf(unseen));
    }

    /** Only what was seen of these nodes. */
    SandboxLook of(List<Node> nodes) {
        List<NodeName> names = nodes.stream().map(Node::name).toList();
        return new SandboxLook(
                seen.stream().filter(one -> names.contains(one.node())).toList(),
                blind.stream().filter(names::contains).toList(),
                unseen);
    }

    boolean acts() {
        return seen.stream().flatMap(one -> one.judged().stream()).anyMatch(Judgement::acts);
    }

    Map<NodeName, List<Judgement>> judged() {
        Map<NodeName, List<Judgement>> judged = new LinkedHashMap<>();
        seen.forEach(one -> judged.put(one.node(), one.judged()));
        return judged;
    }

    /** What is not mended by removing anything, and names that nothing has. */
    List<Problem> problems(List<String> rerun) {
        List<Problem> problems = new ArrayList<>(unseen);
        seen.forEach(one -> problems.addAll(SandboxProblems.of(one)));
        rerun.stream()
                .filter(pod -> seen.stream().noneMatch(one -> one.barsBy(pod)))
                .forEach(pod -> problems.add(SandboxProblems.notBarred(pod)));
        return problems;
    }

    Exit exit() {
        return unseen.isEmpty() ? Exit.FAILED : Exit.BLIND;
    }
}

package homelab.report;

import homelab.recovery.Judgement;
import homelab.recovery.Judgement.Act;
import homelab.recovery.Judgement.OfContainer;
import homelab.recovery.Reason;
import homelab.resource.sandbox.Telling;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is left alone on each node and why; what is removed stands in the plan. */
public final class SandboxText {
    private static final int FEW = 4;

    private final Terminal terminal;

    public SandboxText(Terminal terminal) {
        this.terminal = terminal;
    }

    public String of(List<SandboxesSeen> seen) {
        return seen.stream().map(this::node).collect(Collectors.joining());
    }

    private String node(SandboxesSeen seen) {
        long acts = seen.judged().stream().filter(Judgement::acts).count();
        Map<Reason, List<String>> left = new TreeMap<>();
        seen.sandboxes()
                .filter(one -> one.act() != Act.REMOVE)
                .forEach(one -> put(left, one.reason(), Telling.of(one.sandbox())));
        seen.containers().filter(one -> one.act() != Act.REMOVE).forEach(one -> put(left, one.reason(), told(one)));
        return terminal.bold(seen.node().text()) + " " + head(seen, acts) + "\n"
                + left.entrySet().stream()
                        .map(entry -> line(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining());
    }

    private static String head(SandboxesSeen seen, long acts) {
        if (seen.isFatal()) {
            return "class D: containerd cannot start because of what it keeps";
        }
        if (!seen.evidence().runtime().equals("answers")) {
            return "cannot tell what it keeps";
        }
        return (acts == 0 ? "nothing to remove" : acts + " to remove")
                + (seen.evidence().knowsPods() ? "" : "; the API does not tell its pods");
    }

    private static String told(OfContainer one) {
        return one.conflict().pod() + " container " + one.container().name();
    }

    private static void put(Map<Reason, List<String>> left, Reason reason, String what) {
        left.computeIfAbsent(reason, none -> new java.util.ArrayList<>()).add(what);
    }

    private String line(Reason reason, List<String> what) {
        String named = what.size() > FEW
                ? String.join(", ", what.subList(0, FEW)) + " and " + (what.size() - FEW) + " more"
                : String.join(", ", what);
        String line = "left: " + Safe.line(named) + ": " + reason.text();
        return "  " + String.join("\n    ", Fold.lines(line, terminal.width() - 4)) + "\n";
    }
}

package homelab.report;

import homelab.recovery.Judgement;
import homelab.recovery.Judgement.InFlight;
import homelab.recovery.Judgement.OfContainer;
import homelab.recovery.Judgement.OfLeftover;
import homelab.recovery.Judgement.OfSandbox;
import homelab.recovery.Kind;
import homelab.recovery.Leftover;
import homelab.recovery.Sandbox;
import homelab.resource.sandbox.Telling;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What each node keeps of dead pods and what was decided of it: {@code homelab/sandboxes/v1}. */
public final class SandboxJson {
    private SandboxJson() {}

    public static String of(List<SandboxesSeen> seen) {
        return Json.document(
                "sandboxes/v1",
                Map.of("nodes", seen.stream().map(SandboxJson::node).toList()));
    }

    private static Map<String, Object> node(SandboxesSeen seen) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("node", seen.node().text());
        node.put("runtime", seen.evidence().runtime());
        node.put("class", seen.isFatal() ? "D" : "");
        node.put("api", seen.evidence().knowsPods());
        node.put(
                "judged",
                seen.judged().stream().map(judged -> judged(judged, seen)).toList());
        return node;
    }

    private static Map<String, Object> judged(Judgement judged, SandboxesSeen seen) {
        Map<String, Object> told = new LinkedHashMap<>();
        if (judged instanceof OfSandbox of) {
            sandbox(told, of, seen);
        } else if (judged instanceof OfContainer of) {
            told.put("deed", word(of.act()));
            told.put("container", of.container().id());
            told.put("pod", of.conflict().pod());
            told.put("why", of.reason().text());
        } else if (judged instanceof InFlight of) {
            told.put("deed", word(of.advice()));
            told.put("class", "B");
            told.put("pod", of.conflict().pod());
            told.put("asked", of.conflict().times());
        } else if (judged instanceof OfLeftover of) {
            told.put("deed", "remove");
            told.put("what", what(of.leftover()));
        }
        return told;
    }

    private static void sandbox(Map<String, Object> told, OfSandbox of, SandboxesSeen seen) {
        Sandbox sandbox = of.sandbox();
        told.put("deed", word(of.act()));
        told.put("class", of.kind() == Kind.NONE ? "" : of.kind().name());
        told.put("sandbox", sandbox.id());
        told.put("pod", sandbox.pod());
        told.put("uid", sandbox.uid());
        told.put("attempt", sandbox.attempt());
        told.put("why", Telling.why(of, seen.evidence()));
    }

    private static String what(Leftover leftover) {
        if (leftover instanceof Leftover.Cache cache) {
            return cache.file();
        }
        if (leftover instanceof Leftover.Address address) {
            return "/var/lib/cni/networks/cbr0/" + address.ip();
        }
        return leftover instanceof Leftover.Shim shim ? "process " + shim.pid() : ((Leftover.Socket) leftover).file();
    }

    private static String word(Enum<?> of) {
        return of.name().toLowerCase(Locale.ROOT);
    }
}

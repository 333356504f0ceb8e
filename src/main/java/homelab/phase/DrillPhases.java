package homelab.phase;

import homelab.model.Cluster;
import homelab.model.Node;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.Resource;
import homelab.resource.SystemdTimer;
import homelab.resource.TextFile;
import homelab.resource.reset.Paths;
import homelab.snapshot.Drill;
import homelab.template.Template;
import homelab.template.Templates;
import java.util.List;
import java.util.Map;

/** A timer on a server that restores its newest snapshot into a place of its own again and again, or none. */
public final class DrillPhases {
    private static final String NAME = "homelab-drill";

    private DrillPhases() {}

    /** @param every "daily", "weekly", "monthly" (systemd.time, calendar events), or "never" */
    public static List<Phase> of(Cluster cluster, Node server, String every) {
        List<Resource> resources = every.equals("never") ? gone() : there(cluster, every);
        return List.of(new OfSteps(
                "timer",
                site -> resources.stream()
                        .map(resource -> new Step("timer", new Target.OnHost(server.name()), resource))
                        .toList()));
    }

    private static List<Resource> there(Cluster cluster, String every) {
        return List.of(
                TextFile.of(Drill.SCRIPT, Drill.script()).withMode("0755"),
                new SystemdTimer(
                        NAME,
                        unit("service").fill(Map.of("script", Drill.SCRIPT, "words", Drill.words(cluster))),
                        unit("timer").fill(Map.of("every", every))));
    }

    private static Template unit(String kind) {
        return Templates.load("etc/systemd/system/" + NAME + "." + kind);
    }

    private static List<Resource> gone() {
        return List.of(
                new SystemdTimer(NAME, "", ""), Paths.gone("script of drills", List.of(Drill.SCRIPT), List.of(), ":"));
    }
}

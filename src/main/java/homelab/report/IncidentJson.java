package homelab.report;

import homelab.incident.Happening;
import homelab.incident.Incident;
import homelab.incident.Link;
import java.util.LinkedHashMap;
import java.util.Map;

/** What happened: {@code homelab/incident/v1}. */
public final class IncidentJson {
    private IncidentJson() {}

    public static String of(Incident incident) {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("cluster", incident.cluster());
        whole.put("since", incident.since().toString());
        whole.put("until", incident.until().toString());
        whole.put("chain", incident.links().stream().map(IncidentJson::link).toList());
        whole.put(
                "timeline",
                incident.timeline().stream().map(IncidentJson::happening).toList());
        whole.put("unseen", incident.unseen());
        return Json.document("incident/v1", whole);
    }

    private static Map<String, Object> link(Link link) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("at", link.at().toString());
        told.put("what", link.what());
        told.put("why", link.why());
        told.put("certain", link.certain());
        told.put("prevention", link.prevention());
        return told;
    }

    private static Map<String, Object> happening(Happening happening) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("node", happening.node());
        told.put("at", happening.at().toString());
        told.put("last", happening.last().toString());
        told.put("times", happening.times());
        told.put("kind", happening.kind().word());
        told.put("text", happening.text());
        return told;
    }
}

package homelab.report;

import homelab.doctor.Checkup;
import homelab.doctor.Finding;
import homelab.doctor.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What doctor found, and its checks, as JSON. */
public final class DoctorJson {
    private DoctorJson() {}

    /** Schema {@code homelab/doctor/v1}. */
    public static String of(Checkup checkup) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("cluster", checkup.cluster());
        content.put("at", checkup.at().toString());
        content.put("verdict", DoctorText.sentence(checkup));
        content.put("checks", checkup.checks());
        content.put(
                "findings", checkup.findings().stream().map(DoctorJson::fields).toList());
        content.put("muted", checkup.muted().stream().map(DoctorJson::muted).toList());
        content.put("notes", checkup.notes());
        return Json.document("doctor/v1", content);
    }

    private static Map<String, Object> fields(Finding finding) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("check", finding.check());
        fields.put("verdict", finding.verdict().name());
        fields.put("subject", finding.subject());
        fields.put("what", finding.what());
        fields.put("evidence", finding.evidence());
        finding.since().ifPresent(since -> fields.put("since", since.toString()));
        fields.put("sure", finding.inferred() ? "inferred" : "seen");
        fields.put("fix", finding.fix());
        finding.because().ifPresent(cause -> fields.put("because", cause));
        return fields;
    }

    private static Map<String, Object> muted(Checkup.Muted muted) {
        Map<String, Object> fields = new LinkedHashMap<>(fields(muted.finding()));
        fields.put("reason", muted.mute().reason());
        muted.mute().until().ifPresent(until -> fields.put("until", until.toString()));
        return fields;
    }

    /** Schema {@code homelab/doctor-checks/v1}. */
    public static String list(List<Page> pages) {
        return Json.document(
                "doctor-checks/v1",
                Map.of("checks", pages.stream().map(DoctorJson::page).toList()));
    }

    private static Map<String, Object> page(Page page) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", page.id());
        fields.put("title", page.title());
        Page.FACTS.forEach(name -> fields.put(name, page.fact(name)));
        fields.put("sections", page.sections());
        return fields;
    }
}

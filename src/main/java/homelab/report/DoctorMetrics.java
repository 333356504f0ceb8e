package homelab.report;

import homelab.doctor.Checkup;
import homelab.doctor.Finding;
import homelab.doctor.Verdict;
import java.util.Locale;

/**
 * Findings in Prometheus' text format (version 0.0.4), for the textfile collector of node_exporter: a sample for each
 * finding that is to be told, how many there are of each verdict, and when it was looked.
 */
public final class DoctorMetrics {
    private DoctorMetrics() {}

    public static String of(Checkup checkup) {
        StringBuilder text = new StringBuilder();
        head(text, "homelab_doctor_finding", "What homelab doctor found and has to be told.");
        checkup.findings().stream()
                .filter(Finding::isTold)
                .map(finding -> sample(checkup, finding))
                .distinct() // of two alike Prometheus would refuse the file
                .forEach(text::append);
        head(text, "homelab_doctor_findings", "How many findings there are of each verdict.");
        for (Verdict verdict : Verdict.values()) {
            text.append("homelab_doctor_findings{")
                    .append(label("cluster", checkup.cluster()))
                    .append(',')
                    .append(label("verdict", word(verdict)))
                    .append("} ")
                    .append(checkup.of(verdict).size())
                    .append('\n');
        }
        head(text, "homelab_doctor_last_run_timestamp_seconds", "When homelab doctor looked.");
        return text.append("homelab_doctor_last_run_timestamp_seconds{")
                .append(label("cluster", checkup.cluster()))
                .append("} ")
                .append(checkup.at().getEpochSecond())
                .append('\n')
                .toString();
    }

    private static String sample(Checkup checkup, Finding finding) {
        return "homelab_doctor_finding{"
                + String.join(
                        ",",
                        label("cluster", checkup.cluster()),
                        label("check", finding.check()),
                        label("subject", finding.subject()),
                        label("verdict", word(finding.verdict())))
                + "} 1\n";
    }

    private static void head(StringBuilder text, String name, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(" gauge\n");
    }

    private static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    private static String label(String name, String value) {
        String safe = Safe.line(value).replace("\\", "\\\\").replace("\"", "\\\"");
        return name + "=\"" + safe + "\"";
    }
}

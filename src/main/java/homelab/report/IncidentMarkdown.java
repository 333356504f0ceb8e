package homelab.report;

import homelab.incident.Happening;
import homelab.incident.Incident;
import homelab.incident.Link;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** What happened, to read, to keep and to show to somebody. */
public final class IncidentMarkdown {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private IncidentMarkdown() {}

    public static String of(Incident incident) {
        return "# " + incident.cluster() + ", " + DAY.format(incident.since()) + " to " + DAY.format(incident.until())
                + " UTC\n\n"
                + inShort(incident)
                + chain(incident.links())
                + prevention(incident.links())
                + timeline(incident.timeline())
                + unseen(incident.unseen());
    }

    private static String inShort(Incident incident) {
        if (incident.links().isEmpty()) {
            return "Nothing went wrong that was written down"
                    + (incident.unseen().isEmpty() ? ".\n" : ", as far as it could be read.\n");
        }
        Link first = incident.links().get(0);
        return Safe.line(first.what()) + ", " + time(first.at()) + (first.certain() ? ".\n" : ", as it seems.\n");
    }

    private static String chain(List<Link> links) {
        StringBuilder text = new StringBuilder(links.isEmpty() ? "" : "\n## Likely chain of causes\n\n");
        for (int i = 0; i < links.size(); i++) {
            Link link = links.get(i);
            text.append(i + 1 + ". " + time(link.at()) + " **" + cell(link.what()) + "**"
                    + (link.certain() ? "" : " (likely)") + ": " + cell(link.why()) + "\n");
        }
        return text.toString();
    }

    private static String prevention(List<Link> links) {
        List<String> cures = links.stream()
                .map(Link::prevention)
                .filter(cure -> !cure.isEmpty())
                .distinct()
                .toList();
        return cures.isEmpty()
                ? ""
                : "\n## What would have prevented it, or mended it\n\n- " + String.join("\n- ", cures) + "\n";
    }

    private static String timeline(List<Happening> timeline) {
        if (timeline.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(
                "\n## Timeline\n\nBy the clock that each node had.\n\n| UTC | Node | What | Written |\n|---|---|---|---|\n");
        timeline.forEach(each -> text.append("| " + time(each.at()) + until(each) + " | " + each.node() + " | "
                + each.kind().title() + times(each) + " | " + cell(each.text()) + " |\n"));
        return text.toString();
    }

    private static String until(Happening each) {
        return each.last().isAfter(each.at().plusSeconds(5))
                ? " to " + time(each.last()).substring(6)
                : "";
    }

    private static String times(Happening each) {
        return each.times() > 1 ? ", " + each.times() + " times" : "";
    }

    private static String unseen(List<String> unseen) {
        return unseen.isEmpty()
                ? ""
                : "\n## What could not be read\n\n- "
                        + String.join(
                                "\n- ",
                                unseen.stream().map(IncidentMarkdown::cell).toList()) + "\n";
    }

    private static String time(Instant at) {
        return TIME.format(at);
    }

    /** Text of others, which must not end a cell or become markup. */
    private static String cell(String text) {
        return Safe.line(text)
                .replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("<", "&lt;")
                .replace("*", "\\*");
    }
}

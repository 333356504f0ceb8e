package homelab.incident;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the API keeps of what happened, as a server's script has it. */
final class ApiPast {
    private ApiPast() {}

    /** "NAMESPACE/NAME|NODE|RESTARTS,FINISHED,REASON;..." to the last restart of each container. */
    static List<Happening> pod(String line, Instant since) {
        String[] part = line.split("\\|", -1);
        if (part.length < 3) {
            return List.of();
        }
        return Arrays.stream(part[2].split(";"))
                .map(container -> container.split(",", -1))
                .filter(container -> container.length == 3)
                .flatMap(container -> instant(container[1])
                        .filter(at -> !at.isBefore(since))
                        .map(at -> Happening.once(
                                part[1],
                                at,
                                Kind.POD,
                                part[0] + " ended (" + container[2] + "), " + container[0] + " restarts in all"))
                        .stream())
                .toList();
    }

    /** "NAME|STATUS|SINCE". */
    static Optional<Happening> node(String line, Instant since) {
        String[] part = line.split("\\|", -1);
        if (part.length < 3) {
            return Optional.empty();
        }
        String text = part[1].equals("True") ? "is Ready from here on" : "is not Ready from here on (" + part[1] + ")";
        return instant(part[2])
                .filter(at -> !at.isBefore(since))
                .map(at -> Happening.once(part[0], at, Kind.NODE, text));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}

package homelab.adopt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a unit and its drop-ins say together of how a program is started (systemd.unit(5)): later ones add, and an empty
 * assignment takes back what was there.
 *
 * @param command the words of the last {@code ExecStart=}; empty when there is none
 * @param environment of {@code Environment=}
 */
record UnitText(List<String> command, Map<String, String> environment) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}|\\$\\$");

    UnitText {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** @param files the unit first, then its drop-ins in their order */
    static UnitText of(String unit, List<String> files) {
        List<String> command = List.of();
        Map<String, String> environment = new LinkedHashMap<>();
        for (String file : files) {
            for (String line : service(file)) {
                String value = line.substring(line.indexOf('=') + 1).strip();
                if (line.matches("ExecStart\\s*=.*")) {
                    command = value.isEmpty() ? List.of() : Words.split(specified(value, unit));
                } else if (line.matches("Environment\\s*=.*")) {
                    add(environment, Words.split(specified(value, unit)));
                }
            }
        }
        return new UnitText(command, environment);
    }

    private static void add(Map<String, String> environment, List<String> pairs) {
        if (pairs.isEmpty()) {
            environment.clear();
        }
        pairs.stream().filter(pair -> pair.indexOf('=') > 0).forEach(pair -> {
            int equals = pair.indexOf('=');
            environment.put(pair.substring(0, equals), pair.substring(equals + 1));
        });
    }

    private static String specified(String value, String unit) {
        return value.replaceAll("(?<!%)%[nN]", unit).replace("%%", "%");
    }

    /** The assignments of [Service]: lines that end in a backslash go on, comments between them left out. */
    private static List<String> service(String file) {
        List<String> lines = new ArrayList<>();
        StringBuilder going = new StringBuilder();
        boolean inService = false;
        for (String raw : (file + "\n\n").split("\n", -1)) {
            String line = raw.strip();
            if (line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            if (line.endsWith("\\")) {
                going.append(line, 0, line.length() - 1).append(' ');
                continue;
            }
            String whole = going.append(line).toString().strip();
            going.setLength(0);
            if (whole.matches("\\[.*]")) {
                inService = whole.equals("[Service]");
            } else if (inService && whole.contains("=")) {
                lines.add(whole);
            }
        }
        return lines;
    }

    /** The command with its variables filled in; one that is a whole word becomes as many words as it holds. */
    List<String> filled(Map<String, String> variables) {
        return command.stream()
                .flatMap(word -> word.matches("\\$[A-Za-z_][A-Za-z0-9_]*")
                        ? Words.split(variables.getOrDefault(word.substring(1), "")).stream()
                        : java.util.stream.Stream.of(filled(word, variables)))
                .collect(Collectors.toList());
    }

    private static String filled(String word, Map<String, String> variables) {
        return VARIABLE.matcher(word)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) == null ? "$" : variables.getOrDefault(found.group(1), "")));
    }
}

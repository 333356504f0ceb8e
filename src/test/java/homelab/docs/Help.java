package homelab.docs;

import homelab.command.Run;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What {@code --help} says, taken apart. */
final class Help {
    private static final Pattern COMMAND = Pattern.compile("(?m)^  ([a-z][a-z-]+)  +[A-Z]");
    private static final Pattern OPTION = Pattern.compile("(?m)^ +(?:-[a-z], )?(--[a-z-]+)");
    private static final Pattern PARAMETER = Pattern.compile("(?m)^ +([A-Z]+)(?:\\.\\.\\.)?  ");
    private static final Pattern PHASES = Pattern.compile("Only these phases: ([^.]*)\\.");

    private Help() {}

    static List<String> commands() {
        return List.copyOf(found(COMMAND, Run.of("--help").out()));
    }

    static Set<String> options(String command) {
        return found(OPTION, Run.of(command, "--help").out());
    }

    static Set<String> parameters(String command) {
        return found(PARAMETER, Run.of(command, "--help").out());
    }

    static List<String> phases() {
        String help = Run.of("bootstrap", "--help").out().replaceAll("\\s+", " ");
        Matcher phases = PHASES.matcher(help);
        if (!phases.find()) {
            throw new AssertionError("the help of bootstrap names no phases");
        }
        return List.of(phases.group(1).split(", "));
    }

    /** The first group of every match. */
    static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}

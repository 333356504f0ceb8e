package homelab.command;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What {@code homelab --help} prints. */
final class RootHelp {

    private RootHelp() {}

    static String text() {
        String verbs = Arrays.stream(Verb.values())
                .map(verb -> String.format("  %-19s %s%n", verb.word(), verb.summary()))
                .collect(Collectors.joining());
        return String.join(
                System.lineSeparator(),
                "homelab: one inventory file, one command, a k3s cluster on your Raspberry Pis.",
                "",
                "  homelab bootstrap -i inventory/two-pis.yaml",
                "",
                "Commands:",
                verbs + "Each takes -i/--inventory FILE, -o text|json, -v, and --help with an example.",
                "");
    }
}

package homelab.adopt;

import homelab.facts.Sections;
import homelab.probe.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a server by which k3s reaches the outside, for an inventory that is written after it: they hold passwords,
 * so they are named and not copied.
 */
public final class OutsideNotes {
    private static final String REGISTRIES = "/etc/rancher/k3s/registries.yaml";
    private static final String PROXY = "/etc/rancher/k3s/proxy.env";

    /** Lines of comment; none where there are no such files. */
    public static final Probe<List<String>> PROBE = probe();

    private OutsideNotes() {}

    private static Probe<List<String>> probe() {
        Probe<Sections> files = Sections.probe(
                "files to the outside, as found",
                Duration.ofSeconds(5),
                "for f in " + REGISTRIES + " " + PROXY + "; do [ ! -f $f ] || { section $f; cat $f; }; done; :\n");
        return new Probe<>(files.id(), files.shell(), files.limit(), answer -> lines(Sections.parse(answer.text())));
    }

    static List<String> lines(Sections said) {
        List<String> lines = new ArrayList<>();
        for (String path : List.of(REGISTRIES, PROXY)) {
            String text = said.byName().get(path);
            if (text != null) {
                lines.addAll(path.equals(PROXY) ? proxy(text) : registries(text));
            }
        }
        return lines;
    }

    private static List<String> registries(String text) {
        return List.of(
                YamlWords.comment("# not kept: " + REGISTRIES + hosts(text) + ", since it may hold passwords;"),
                ours(text)
                        ? "# say it again under registries: before the next bootstrap, which takes it away otherwise"
                        : "# it stays on the hosts as it is, unless registries: says otherwise here");
    }

    private static List<String> proxy(String text) {
        return List.of(
                "# not kept: the proxy of " + PROXY + ", since its address may hold a password;",
                ours(text)
                        ? "# say it again under proxy: before the next bootstrap, which takes it away otherwise"
                        : "# it stays on the hosts as it is, unless proxy: says otherwise here");
    }

    private static boolean ours(String text) {
        return text.startsWith("# Written by homelab");
    }

    /** Names of hosts alone. */
    private static String hosts(String text) {
        try {
            String told = "";
            for (String part : List.of("mirrors", "configs")) {
                List<String> names = ConfigText.below(text, part);
                told += names.isEmpty() ? "" : (told.isEmpty() ? "" : "; ") + part + ": " + String.join(", ", names);
            }
            return told.isEmpty() ? "" : " (" + told + ")";
        } catch (IllegalArgumentException e) {
            return " (which is no YAML)";
        }
    }
}

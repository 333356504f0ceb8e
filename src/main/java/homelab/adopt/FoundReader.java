package homelab.adopt;

import homelab.adopt.Found.ConfigFile;
import homelab.facts.Sections;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes a {@link Found} of what {@link FoundProbe} printed. Tokens end here: no secret is in what it makes. */
final class FoundReader {
    private static final String CONFIG = "/etc/rancher/k3s/config.yaml";
    private static final int SLACK = 2; // seconds: a process's age is told in whole ones

    /** @param changed when, in seconds since 1970 */
    private record File(String kind, String path, long changed, String text) {}

    private final Sections said;
    private final List<File> files = new ArrayList<>();
    private final String unit;

    FoundReader(Sections said) {
        this.said = said;
        this.unit = said.text("unit");
        said.byName().forEach((name, text) -> {
            String[] words = name.split(" ", 2);
            if (words.length == 2) {
                int end = (text + "\n").indexOf('\n');
                long changed = Long.parseLong(text.substring(0, end).strip());
                files.add(new File(words[0], words[1], changed, text.substring(Math.min(end + 1, text.length()))));
            }
        });
    }

    private List<File> of(String kind) {
        return files.stream().filter(file -> file.kind().equals(kind)).toList();
    }

    Found found() {
        UnitText start = UnitText.of(unit, of("unit").stream().map(File::text).toList());
        Map<String, String> variables = new LinkedHashMap<>(start.environment());
        of("environment").forEach(file -> variables.putAll(EnvironmentFile.read(file.text())));
        List<String> command = start.filled(variables);
        Arguments files = Arguments.ofVariables(variables, "the unit's environment")
                .yielding(configured())
                .then(Arguments.ofWords(command.stream().skip(1).toList(), "the unit's arguments"));
        boolean ours = of("unit").stream()
                .findFirst()
                .filter(file -> homelabs(file.text()))
                .isPresent();
        return new Found(
                unit,
                said.text("fragment"),
                ours,
                said.text("active").equals("active"),
                command.isEmpty() ? "" : command.get(0),
                files,
                NodeNotes.read(said.text("node")),
                changed(),
                of("unit").stream()
                        .skip(1)
                        .filter(file -> starts(file.text()))
                        .map(File::path)
                        .toList(),
                of("environment").stream()
                        .filter(file -> hasK3s(file.text()))
                        .map(File::path)
                        .toList(),
                dropIns(),
                said.text("host").toLowerCase(Locale.ROOT),
                said.text("address"));
    }

    private static boolean homelabs(String text) {
        return text.startsWith("# Written by homelab");
    }

    private static boolean starts(String text) {
        return !homelabs(text) && text.lines().anyMatch(line -> line.matches("\\s*(ExecStart\\s*=.*|.*\\bK3S_.*)"));
    }

    private static boolean hasK3s(String text) {
        return EnvironmentFile.read(text).keySet().stream().anyMatch(name -> name.startsWith("K3S_"));
    }

    private Arguments configured() {
        Arguments all = Arguments.NONE;
        for (File file : of("config")) {
            all = ConfigText.onTopOf(all, file.text(), file.path());
        }
        return all;
    }

    private List<ConfigFile> dropIns() {
        return of("config").stream()
                .filter(file -> !file.path().equals(CONFIG))
                .map(file -> new ConfigFile(
                        file.path(),
                        ConfigText.keys(file.text(), file.path()),
                        ConfigText.read(file.text(), file.path())))
                .toList();
    }

    private List<String> changed() {
        String since = said.text("since");
        if (since.isEmpty()) {
            return List.of();
        }
        long started = Long.parseLong(since) + SLACK;
        List<String> changed = new ArrayList<>();
        files.stream().filter(file -> file.changed() > started).map(File::path).forEach(changed::add);
        if (!said.text("program").isEmpty() && Long.parseLong(said.text("program")) > started) {
            changed.add("/usr/local/bin/k3s");
        }
        return changed;
    }
}

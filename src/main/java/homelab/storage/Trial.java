package homelab.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the test of a volume went.
 *
 * @param done the steps that came to their end, in their order
 * @param stuck the step that did not
 */
public record Trial(List<Step> done, Optional<Stuck> stuck) {

    public Trial {
        done = List.copyOf(done);
    }

    /** @param node where; "-" for what is of no node */
    public record Step(String name, String node, int seconds) {}

    /** @param what which step, and how far it came; @param why what Kubernetes told of it; @param fix what to do */
    public record Stuck(String what, String why, String fix) {}

    /**
     * What the script wrote.
     *
     * @param out a line for each step: name, node, seconds
     * @param err when it failed: what, then what Kubernetes told, and last a line that begins with "fix: "
     */
    public static Trial of(boolean ok, String out, String err) {
        List<Step> done = out.lines()
                .map(line -> line.split(" "))
                .filter(words -> words.length == 3 && words[2].matches("\\d{1,6}"))
                .map(words -> new Step(words[0], words[1], Integer.parseInt(words[2])))
                .toList();
        return new Trial(done, ok ? Optional.empty() : Optional.of(stuck(err)));
    }

    private static Stuck stuck(String err) {
        List<String> lines = new ArrayList<>(
                err.lines().map(String::strip).filter(line -> !line.isEmpty()).toList());
        String fix = "";
        if (!lines.isEmpty() && lines.get(lines.size() - 1).startsWith("fix: ")) {
            fix = lines.remove(lines.size() - 1).substring("fix: ".length());
        }
        String what = lines.isEmpty() ? "it ended without a word" : lines.remove(0);
        return new Stuck(what, String.join("\n", lines), fix);
    }
}

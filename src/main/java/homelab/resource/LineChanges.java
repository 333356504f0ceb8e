package homelab.resource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What differs between two texts, as a person wants it told: the first lines that went, came or changed. */
final class LineChanges {
    private static final int SHOWN = 3;
    private static final int WIDTH = 160;

    private LineChanges() {}

    /** At most three changed lines, and one more change that counts the rest. Not empty. */
    static List<Change> between(String what, String before, String after) {
        List<String> gone = less(lines(before), lines(after));
        List<String> come = less(lines(after), lines(before));
        int all = Math.max(gone.size(), come.size());
        if (all == 0) {
            return List.of(new Change(what, "same lines", "other order, blank lines or line ends"));
        }
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < Math.min(all, SHOWN); i++) {
            changes.add(new Change(what, line(gone, i), line(come, i)));
        }
        if (all > SHOWN) {
            changes.add(new Change(what, (all - SHOWN) + " more lines", "differ"));
        }
        return changes;
    }

    private static List<String> lines(String text) {
        return text.lines().filter(line -> !line.isBlank()).toList();
    }

    /** The lines of the one that the other has not, in their order; each line counts as often as it stands there. */
    private static List<String> less(List<String> lines, List<String> others) {
        Map<String, Integer> left = new HashMap<>();
        others.forEach(line -> left.merge(line, 1, Integer::sum));
        return lines.stream()
                .filter(line -> left.merge(line, -1, Integer::sum) < 0)
                .toList();
    }

    private static String line(List<String> lines, int i) {
        if (i >= lines.size()) {
            return "absent";
        }
        String line = lines.get(i);
        return line.length() <= WIDTH ? line : line.substring(0, WIDTH) + "…";
    }
}

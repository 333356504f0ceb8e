package homelab.report;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines at spaces so that it fits a terminal; words longer than a line are cut. */
final class Fold {

    private Fold() {}

    /** @param width in columns, taken as at least 10 */
    static List<String> lines(String text, int width) {
        int room = Math.max(10, width);
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.split("\n", -1)) {
            fold(paragraph, room, lines);
        }
        return lines;
    }

    private static void fold(String paragraph, int room, List<String> lines) {
        String rest = paragraph;
        while (rest.length() > room) {
            int space = rest.lastIndexOf(' ', room);
            int end = space > room / 3 ? space : room;
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
    }
}

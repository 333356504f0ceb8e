package homelab.report;

import java.util.ArrayList;
import java.util.List;

/** Rows under headings: padded on a terminal, tab-separated in a pipe. Cells are plain, foreign text is made safe. */
public final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final Terminal terminal;

    public Table(Terminal terminal, String... headings) {
        this.terminal = terminal;
        rows.add(List.of(headings));
    }

    public Table row(List<String> cells) {
        rows.add(cells.stream().map(Safe::line).toList());
        return this;
    }

    /** Lines that end with a line feed. In a pipe the headings are left out. */
    public String text() {
        StringBuilder text = new StringBuilder();
        if (terminal.piped()) {
            rows.stream()
                    .skip(1)
                    .forEach(row -> text.append(String.join("\t", row)).append('\n'));
            return text.toString();
        }
        List<Integer> widths = widths();
        for (int i = 0; i < rows.size(); i++) {
            String line = cut(line(rows.get(i), widths));
            text.append(i == 0 ? terminal.dim(line) : line).append('\n');
        }
        return text.toString();
    }

    private List<Integer> widths() {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                int width = row.get(i).length();
                if (i == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(i, Math.max(widths.get(i), width));
                }
            }
        }
        return widths;
    }

    private static String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(row.get(i))
                    .append(" ".repeat(widths.get(i) - row.get(i).length()))
                    .append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private String cut(String line) {
        return line.length() <= terminal.width()
                ? line
                : line.substring(0, Math.max(1, terminal.width() - 1)) + (terminal.unicode() ? "…" : ".");
    }
}

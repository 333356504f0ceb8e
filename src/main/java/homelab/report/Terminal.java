package homelab.report;

/**
 * What the output can show.
 *
 * @param width in columns; long lines are folded or cut to it only on a terminal
 * @param colour whether ANSI colours may be used
 * @param live whether lines may be drawn over (a terminal that can move its cursor)
 * @param unicode whether the locale can show more than ASCII
 */
public record Terminal(int width, boolean colour, boolean live, boolean unicode) {

    /** A pipe or a file: no colours, nothing folded. */
    public static final Terminal PIPE = new Terminal(Integer.MAX_VALUE, false, false, true);

    /** Whether a program reads it: then nothing is folded or cut. A terminal that cannot be drawn over is none. */
    public boolean piped() {
        return width == Integer.MAX_VALUE;
    }

    public String bold(String text) {
        return paint("1", text);
    }

    public String red(String text) {
        return paint("31", text);
    }

    public String green(String text) {
        return paint("32", text);
    }

    public String yellow(String text) {
        return paint("33", text);
    }

    public String dim(String text) {
        return paint("2", text);
    }

    private String paint(String code, String text) {
        return colour && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    public String cross() {
        return unicode ? "✗" : "x";
    }

    public String tick() {
        return unicode ? "✓" : "+";
    }

    public String arrow() {
        return unicode ? "→" : "->";
    }
}

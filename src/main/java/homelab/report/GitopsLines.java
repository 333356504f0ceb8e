package homelab.report;

/** Named lines below a head, folded to the terminal. */
final class GitopsLines {
    private static final int INDENT = 12;

    private GitopsLines() {}

    /** @param body foreign text; an empty one is shown as a dash */
    static void part(Terminal terminal, StringBuilder text, String name, String body) {
        int width = terminal.piped() ? terminal.width() : terminal.width() - INDENT;
        String lead = "    " + name + " ".repeat(INDENT - 4 - name.length());
        for (String line : Fold.lines(Safe.text(body.isEmpty() ? "-" : body), width)) {
            text.append(lead).append(line).append('\n');
            lead = " ".repeat(INDENT);
        }
    }
}

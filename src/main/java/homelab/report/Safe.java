package homelab.report;

/** Makes foreign text harmless on a terminal: no escape sequences, no control characters, no direction tricks. */
public final class Safe {

    private Safe() {}

    /** Keeps line feeds; everything else that is not printable becomes its code, e.g. {@code \x1b}. */
    public static String text(String foreign) {
        StringBuilder safe = new StringBuilder(foreign.length());
        foreign.codePoints().forEach(point -> append(safe, point));
        return safe.toString();
    }

    /** On one line. */
    public static String line(String foreign) {
        return text(foreign).replace("\n", "\\n");
    }

    /** Control characters, what turns or breaks lines, halves of characters, and what is no character (XML takes none). */
    static boolean isHarmful(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> (point & 0xfffe) == 0xfffe;
        };
    }

    private static void append(StringBuilder safe, int point) {
        if (point == '\n') {
            safe.append('\n');
        } else if (point == '\t') {
            safe.append("  ");
        } else if (Character.isISOControl(point)) {
            safe.append(String.format("\\x%02x", point));
        } else if (isHarmful(point)) {
            safe.append(String.format("\\u%04x", point));
        } else {
            safe.appendCodePoint(point);
        }
    }
}

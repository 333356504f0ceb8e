package homelab.kubeconfig;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Changes to a text by place. All that is not named stays, byte for byte. */
final class Splices {
    private final String text;
    private final String newline;
    private final List<Splice> splices = new ArrayList<>();

    /** @param start where replaced text begins; @param end where it ends; equal for an insertion */
    private record Splice(int start, int end, String text) {}

    Splices(String text) {
        this.text = text;
        int first = text.indexOf('\n');
        this.newline = first > 0 && text.charAt(first - 1) == '\r' ? "\r\n" : "\n";
    }

    /** Places are in code points; {@code with} has plain newlines and takes those of the text. */
    void replace(int start, int end, String with) {
        int from = offset(start);
        int to = offset(end);
        // The mark of a block scalar ends behind its newline, which belongs to the layout and not to the value.
        while (to > from && isBreak(text.charAt(to - 1))) {
            to--;
        }
        splices.add(new Splice(from, to, broken(with)));
    }

    void insert(int at, String with) {
        replace(at, at, with);
    }

    /** Adds whole lines below the line in which the place is. */
    void insertBelow(int place, String lines) {
        int at = offset(place);
        boolean lineStart = at > 0 && text.charAt(at - 1) == '\n';
        int next = lineStart ? at : text.indexOf('\n', at) + 1;
        if (next > 0) {
            splices.add(new Splice(next, next, broken(lines + "\n")));
        } else {
            splices.add(new Splice(text.length(), text.length(), broken("\n" + lines)));
        }
    }

    /** Takes whole lines away. Places are in chars. */
    void cut(int start, int end) {
        splices.add(new Splice(start, end, ""));
    }

    /** The changed text. Insertions at one place keep the order in which they were asked for. */
    String apply() {
        StringBuilder result = new StringBuilder();
        int done = 0;
        List<Splice> ordered = new ArrayList<>(splices);
        ordered.sort(Comparator.comparingInt(Splice::start));
        for (Splice splice : ordered) {
            result.append(text, done, splice.start).append(splice.text);
            done = splice.end;
        }
        return result.append(text, done, text.length()).toString();
    }

    private int offset(int codePoints) {
        return text.offsetByCodePoints(0, codePoints);
    }

    private String broken(String with) {
        return with.replace("\n", newline);
    }

    private static boolean isBreak(char c) {
        return c == '\n' || c == '\r';
    }
}

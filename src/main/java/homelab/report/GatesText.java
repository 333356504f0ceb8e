package homelab.report;

import homelab.gate.Course;
import homelab.gate.Gate;
import homelab.gate.Passage;
import homelab.gate.Repairs;
import homelab.gate.Sight;
import homelab.gate.State;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** How every gate stands, what is against it and what to type; then what is not done by itself. */
public final class GatesText {
    private static final int TITLE = 11;
    private static final int FEW = 6;

    private final Terminal terminal;

    public GatesText(Terminal terminal) {
        this.terminal = terminal;
    }

    /** @param over gates that were waited for in vain */
    public String of(Course course, Repairs repairs, Set<Gate> over) {
        StringBuilder text = new StringBuilder();
        course.passages().forEach(passage -> append(text, passage, over.contains(passage.gate())));
        repairs.asked()
                .forEach(repair -> note(
                        text, "not done by itself: " + repair.title() + ". On a terminal homelab recover asks first."));
        repairs.held().forEach(held -> note(text, "held back: " + held.repair().title() + ": " + held.why()));
        return text.append(sentence(course)).append('\n').toString();
    }

    private void append(StringBuilder text, Passage passage, boolean over) {
        String head = mark(passage.state(), over) + " " + number(passage.gate()) + " " + padded(passage.gate());
        List<Sight> told = passage.sights().stream()
                .filter(sight -> sight.state().compareTo(State.AWAY) < 0)
                .toList();
        if (passage.passes()) {
            lines(text, head, passage.state() == State.ABSENT ? absent(passage) : passed(passage));
            told.forEach(sight -> told(text, sight, true));
            return;
        }
        lines(text, head, told(told.get(0)));
        fix(text, told.get(0), true);
        told.stream().skip(1).limit(FEW).forEach(sight -> told(text, sight, told.size() <= FEW));
        if (told.size() > FEW + 1) {
            lines(text, indent(), "and " + (told.size() - FEW - 1) + " more");
        }
        boolean waits = passage.isOpen() && passage.state() == State.WAIT;
        if (waits) {
            String usual = "usually takes " + passage.gate().usual().toSeconds() + " s";
            String gone = "not so after " + passage.gate().patience().toMinutes() + " min; then: "
                    + passage.gate().otherwise();
            lines(text, indent(), over ? gone : usual);
        }
    }

    private void told(StringBuilder text, Sight sight, boolean fix) {
        lines(text, indent(), told(sight));
        fix(text, sight, fix);
    }

    private void fix(StringBuilder text, Sight sight, boolean wanted) {
        if (wanted && !sight.fix().isEmpty()) {
            lines(text, indent(), "fix  " + sight.fix());
        }
    }

    private static String told(Sight sight) {
        return (sight.subject().equals("cluster") ? "" : sight.subject() + ": ") + sight.what();
    }

    private static String absent(Passage passage) {
        return passage.sights().get(0).what();
    }

    private static String passed(Passage passage) {
        String away = passage.of(State.AWAY).stream().map(Sight::subject).collect(Collectors.joining(", "));
        return passage.gate().wants() + (away.isEmpty() ? "" : " (without " + away + ")");
    }

    private static String number(Gate gate) {
        return (gate.number() < 10 ? " " : "") + gate.number();
    }

    /** On a narrow terminal nothing is padded: the room is needed. */
    private String padded(Gate gate) {
        return isNarrow()
                ? gate.title() + " "
                : gate.title() + " ".repeat(TITLE - gate.title().length() + 2);
    }

    private boolean isNarrow() {
        return terminal.width() < 60;
    }

    private String indent() {
        return isNarrow() ? "     " : " ".repeat(5 + TITLE + 2);
    }

    private void note(StringBuilder text, String what) {
        lines(text, terminal.yellow("!") + " ", what);
    }

    /** The head may hold colours, which take no room. */
    private void lines(StringBuilder text, String head, String body) {
        int used = head.replaceAll("\u001b\\[\\d*m", "").length();
        String lead = " ".repeat(Math.min(used, indent().length()));
        int width = terminal.piped() ? Integer.MAX_VALUE : terminal.width() - (isNarrow() ? 6 : lead.length());
        List<String> lines = Fold.lines(Safe.line(body), isNarrow() ? width - Math.max(0, used - 5) : width);
        text.append(head).append(lines.get(0)).append('\n');
        lines.stream()
                .skip(1)
                .forEach(line ->
                        text.append(isNarrow() ? "     " : lead).append(line).append('\n'));
    }

    private String mark(State state, boolean over) {
        return switch (state) {
            case BROKEN -> terminal.red(terminal.cross());
            case WAIT -> over ? terminal.red(terminal.cross()) : terminal.yellow(terminal.unicode() ? "…" : "~");
            case UNKNOWN -> terminal.yellow("?");
            case NOTE, AWAY, PASS -> terminal.green(terminal.tick());
            case ABSENT -> terminal.dim("-");
        };
    }

    private static String sentence(Course course) {
        long not = course.passages().stream().filter(one -> !one.passes()).count();
        int all = course.passages().size();
        if (not == 0) {
            return all == 1 ? "the gate passes" : "all " + all + " gates pass";
        }
        return all == 1
                ? "the gate does not pass"
                : not + " of " + all + " gates " + (not == 1 ? "does" : "do") + " not pass";
    }
}

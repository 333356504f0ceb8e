package homelab.report;

import homelab.gate.Course;
import homelab.gate.Gate;
import homelab.gate.Passage;
import homelab.gate.Sight;
import homelab.gate.State;
import homelab.run.Time;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The way through the gates as it goes on: one live line on a terminal, lines with their time (UTC) elsewhere. */
public final class GateProgress implements AutoCloseable {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final String ERASE = "\r\u001b[K";

    private final PrintStream err;
    private final Terminal terminal;
    private final Time time;
    private Instant since;
    private int through;
    private String last = "";

    public GateProgress(PrintStream err, Terminal terminal, Time time) {
        this.err = err;
        this.terminal = terminal;
        this.time = time;
        this.since = time.now();
    }

    /** @param over gates that are not waited for any more */
    public void seen(Course course, Set<Gate> over) {
        List<Passage> all = course.passages();
        int passed = through(all, over);
        for (int i = through; i < passed; i++) {
            passes(all.get(i), over, i == through ? took() : "");
        }
        if (passed != through) {
            since = time.now();
            last = "";
        }
        through = passed;
        if (passed < all.size()) {
            waits(all.get(passed));
        } else {
            close();
        }
    }

    private static int through(List<Passage> all, Set<Gate> over) {
        int passed = 0;
        while (passed < all.size()
                && (all.get(passed).passes() || over.contains(all.get(passed).gate()))) {
            passed++;
        }
        return passed;
    }

    /** @param took of the one that was waited for */
    private void passes(Passage passage, Set<Gate> over, String took) {
        boolean given = over.contains(passage.gate()) && !passage.passes();
        String what = title(passage) + (given ? " does not pass: " + told(passage) : word(passage) + took);
        if (terminal.live()) {
            String mark = given ? terminal.red(terminal.cross()) : terminal.green(terminal.tick());
            err.print(ERASE);
            err.println(mark + " " + cut(what, 2));
        } else {
            line(what);
        }
    }

    private static String word(Passage passage) {
        return passage.state() == State.ABSENT ? ": none" : " passes";
    }

    private String took() {
        long seconds = Duration.between(since, time.now()).toSeconds();
        return seconds < 1 ? "" : " (" + seconds + " s)";
    }

    /** On a terminal with how long; elsewhere only when it is another reason. */
    private void waits(Passage passage) {
        String what = title(passage) + ": " + told(passage);
        if (terminal.live()) {
            long seconds = Duration.between(since, time.now()).toSeconds();
            String clock = seconds + " s of usually " + passage.gate().usual().toSeconds() + "  ";
            err.print(ERASE + cut(clock + what, 0));
            err.flush();
        } else if (!what.equals(last)) {
            line(what);
        }
        last = what;
    }

    private static String told(Passage passage) {
        return passage.against().stream().map(GateProgress::told).limit(2).collect(Collectors.joining("; "));
    }

    private static String told(Sight sight) {
        return Safe.line((sight.subject().equals("cluster") ? "" : sight.subject() + ": ") + sight.what());
    }

    private static String title(Passage passage) {
        return "gate " + passage.gate().number() + " " + passage.gate().title();
    }

    private String cut(String line, int used) {
        int width = terminal.width() - 1 - used;
        return line.length() <= width ? line : line.substring(0, Math.max(1, width));
    }

    private void line(String text) {
        err.println(CLOCK.format(time.now()) + " " + text);
    }

    /** Takes the live line off the screen. */
    @Override
    public void close() {
        if (terminal.live()) {
            err.print(ERASE);
            err.flush();
        }
    }
}

package homelab.report;

import homelab.model.NodeName;
import homelab.plan.Step;
import homelab.run.Event;
import homelab.run.Events;
import homelab.run.Time;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One line per host, drawn over as things go on; what is worth keeping is printed above. */
public final class LiveView implements Events, AutoCloseable {
    private final PrintStream err;
    private final Terminal terminal;
    private final Time time;
    private final Instant begin;
    private final Map<String, String> doing = new LinkedHashMap<>();
    private final Map<String, Integer> done = new LinkedHashMap<>();
    private final ScheduledExecutorService ticker;
    private String phase = "connect";
    private int drawn;

    public LiveView(PrintStream err, Terminal terminal, Time time) {
        this.err = err;
        this.terminal = terminal;
        this.time = time;
        this.begin = time.now();
        this.ticker = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "homelab-live");
            thread.setDaemon(true);
            return thread;
        });
        ticker.scheduleAtFixedRate(this::draw, 100, 200, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void tell(Event event) {
        if (event instanceof Event.PhaseBegins begins) {
            phase = begins.phase();
        } else if (event instanceof Event.Looking looking) {
            phase = "looking at " + looking.what();
        } else if (event instanceof Event.Connecting connecting) {
            doing.put(connecting.node().text(), "connecting");
        } else if (event instanceof Event.Connected connected) {
            doing.put(connected.node().text(), "");
        } else if (event instanceof Event.StepDone step) {
            finished(step);
        } else {
            other(event);
        }
    }

    private void other(Event event) {
        target(event).ifPresent(target -> EventText.doing(event).ifPresent(text -> doing.put(target, text)));
        if (event instanceof Event.Unreachable) {
            EventText.of(event).ifPresent(text -> keep(terminal.red(terminal.cross()) + " " + text));
        } else if (event instanceof Event.Note) {
            EventText.of(event).ifPresent(text -> keep(terminal.yellow("!") + " " + text));
        }
    }

    private void finished(Event.StepDone step) {
        String target = step.step().target().toString();
        done.merge(target, 1, Integer::sum);
        doing.put(target, "");
        if (step.took().compareTo(Duration.ofSeconds(2)) > 0) {
            keep(terminal.green(terminal.tick()) + " " + EventText.title(step.step()) + " ("
                    + EventText.seconds(step.took()) + ")");
        }
    }

    private static Optional<String> target(Event event) {
        Optional<Step> step = Optional.empty();
        if (event instanceof Event.StepBegins begins) {
            step = Optional.of(begins.step());
        } else if (event instanceof Event.StepWaits waits) {
            step = Optional.of(waits.step());
        } else if (event instanceof Event.Transfer transfer) {
            step = Optional.of(transfer.step());
        } else if (event instanceof Event.StepFailed failed) {
            step = Optional.of(failed.step());
        } else if (event instanceof Event.Unreachable lost) {
            NodeName node = lost.node();
            return Optional.of(node.text());
        }
        return step.map(known -> known.target().toString());
    }

    private synchronized void keep(String line) {
        StringBuilder text = new StringBuilder(erase());
        text.append(cut(line)).append('\n');
        err.print(text);
        drawn = 0;
        draw();
    }

    private synchronized void draw() {
        List<String> lines = lines();
        StringBuilder text = new StringBuilder(erase());
        lines.forEach(line -> text.append(cut(line)).append('\n'));
        err.print(text);
        err.flush();
        drawn = lines.size();
    }

    private List<String> lines() {
        Duration elapsed = Duration.between(begin, time.now());
        List<String> lines = new java.util.ArrayList<>();
        lines.add(phase + "  " + elapsed.toSeconds() + " s");
        int width = doing.keySet().stream().mapToInt(String::length).max().orElse(0);
        doing.forEach((target, what) -> lines.add("  " + target + " ".repeat(width - target.length()) + "  "
                + (what.isEmpty() ? done.getOrDefault(target, 0) + " done" : what)));
        return lines;
    }

    /** Cuts by characters; colours stand only at the very start of a kept line, so a cut never splits one. */
    private String cut(String line) {
        int width = terminal.width() - 1;
        return line.length() <= width || line.startsWith("\u001b") ? line : line.substring(0, width);
    }

    private String erase() {
        return drawn == 0 ? "" : "\r\u001b[" + drawn + "A\u001b[J";
    }

    @Override
    public synchronized void close() {
        ticker.shutdownNow();
        err.print(erase());
        err.flush();
        drawn = 0;
    }
}

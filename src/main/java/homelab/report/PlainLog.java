package homelab.report;

import homelab.run.Event;
import homelab.run.Events;
import homelab.run.Time;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Events as lines with their time (UTC), for pipes and CI. A long wait is told every 15 s. */
public final class PlainLog implements Events {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final Duration QUIET = Duration.ofSeconds(15);

    private final PrintStream err;
    private final Time time;
    private final Map<String, Instant> lastTold = new ConcurrentHashMap<>();

    public PlainLog(PrintStream err, Time time) {
        this.err = err;
        this.time = time;
    }

    @Override
    public void tell(Event event) {
        EventText.of(event).ifPresent(this::line);
        if (event instanceof Event.StepBegins begins) {
            lastTold.put(EventText.title(begins.step()), time.now());
        } else if (event instanceof Event.StepWaits waits) {
            seldom(EventText.title(waits.step()), event);
        } else if (event instanceof Event.Transfer transfer) {
            seldom(EventText.title(transfer.step()), event);
        }
    }

    private void seldom(String title, Event event) {
        Instant now = time.now();
        Instant last = lastTold.getOrDefault(title, Instant.EPOCH);
        if (Duration.between(last, now).compareTo(QUIET) >= 0) {
            lastTold.put(title, now);
            String target = title.substring(0, title.indexOf(": ") + 2);
            EventText.doing(event).ifPresent(text -> line(target + text));
        }
    }

    private synchronized void line(String text) {
        err.println(CLOCK.format(time.now()) + " " + text);
    }
}

package homelab.command;

import homelab.report.LiveView;
import homelab.report.PlainLog;
import homelab.report.TraceLog;
import homelab.run.Event;
import homelab.run.Events;
import homelab.run.Time;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who is told what happens: live lines on a terminal, lines with their time elsewhere, and whoever is added. */
final class Shown implements Events, AutoCloseable {
    private final Io io;
    private final Time time;
    private final List<Events> listeners = new CopyOnWriteArrayList<>();
    private final boolean canDraw;
    private Optional<LiveView> live = Optional.empty();

    /**
     * @param quietly in a pipe only what a person should know, for verbs whose result is all that counts
     * @param verbose also what every host is asked; such lines and live ones would write over each other
     */
    Shown(Io io, Time time, boolean quietly, boolean verbose) {
        this.io = io;
        this.time = time;
        this.canDraw = io.errTerminal().live() && !verbose;
        if (!canDraw) {
            PlainLog plain = new PlainLog(io.err(), time);
            listeners.add(quietly ? notesOnly(plain) : plain);
        }
        if (verbose) {
            listeners.add(new TraceLog(io.err()));
        }
        show();
    }

    private static Events notesOnly(Events listener) {
        return event -> {
            if (event instanceof Event.Note) {
                listener.tell(event);
            }
        };
    }

    void add(Events listener) {
        listeners.add(listener);
    }

    /** Draws live lines where that can be done and is not done yet. */
    synchronized void show() {
        if (live.isEmpty() && canDraw) {
            LiveView view = new LiveView(io.err(), io.errTerminal(), time);
            live = Optional.of(view);
            listeners.add(view);
        }
    }

    @Override
    public void tell(Event event) {
        listeners.forEach(listener -> listener.tell(event));
    }

    /** Takes the live lines off the screen. */
    @Override
    public synchronized void close() {
        live.ifPresent(view -> {
            listeners.remove(view);
            view.close();
        });
        live = Optional.empty();
    }
}

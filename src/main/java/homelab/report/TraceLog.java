package homelab.report;

import homelab.run.Event;
import homelab.run.Events;
import java.io.PrintStream;

/** With {@code -v}: a line for everything that is asked of a host. */
public record TraceLog(PrintStream err) implements Events {

    @Override
    public void tell(Event event) {
        if (event instanceof Event.Asked asked) {
            err.println("  " + EventText.asked(asked));
        }
    }
}

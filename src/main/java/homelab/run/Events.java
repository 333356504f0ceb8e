package homelab.run;

import java.util.List;

/** Is told what happens; called from several threads. */
public interface Events {
    Events NONE = event -> {};

    void tell(Event event);

    /** Tells all of them in order. */
    static Events all(List<Events> listeners) {
        return event -> listeners.forEach(listener -> listener.tell(event));
    }
}

package homelab.host;

import homelab.model.Secret;
import java.util.Optional;

/** Somebody at a terminal who can be asked for a secret. Asked by one at a time. */
@FunctionalInterface
public interface Asker {
    /** Nobody is there. */
    Asker NOBODY = question -> Optional.empty();

    /** What was typed, which is not shown; nothing when nobody answers. */
    Optional<Secret> ask(String question);
}

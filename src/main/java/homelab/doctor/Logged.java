package homelab.doctor;

import java.time.Instant;

/**
 * What a log told, which may hold more than somebody wants to be told of.
 *
 * @param <T> the same kind again
 */
public interface Logged<T> {

    /** Without what last happened before that moment. */
    T since(Instant from);
}

package homelab.probe;

import java.util.Optional;
import java.util.function.Function;

/** What a probe brought: a value, or the reason why there is none. Unknown is never taken for a value. */
public sealed interface Reading<T> {

    record Known<T>(T value) implements Reading<T> {}

    /** @param why for people: "timed out after 10 s", "permission denied", "connection lost" */
    record Unknown<T>(String why) implements Reading<T> {}

    default Optional<T> known() {
        return this instanceof Known<T> known ? Optional.of(known.value()) : Optional.empty();
    }

    default <R> Reading<R> map(Function<T, R> change) {
        if (this instanceof Known<T> known) {
            return new Known<>(change.apply(known.value()));
        }
        return new Unknown<>(((Unknown<T>) this).why());
    }
}

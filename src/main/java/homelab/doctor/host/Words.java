package homelab.doctor.host;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Numbers out of what hosts print. What is no number is none, and never throws. */
final class Words {
    private Words() {}

    static OptionalLong number(String text) {
        String bare = text.strip();
        return bare.matches("-?\\d{1,18}") ? OptionalLong.of(Long.parseLong(bare)) : OptionalLong.empty();
    }

    static OptionalDouble decimal(String text) {
        String bare = text.strip();
        return bare.matches("-?\\d{1,15}(\\.\\d{1,15})?")
                ? OptionalDouble.of(Double.parseDouble(bare))
                : OptionalDouble.empty();
    }

    /** @param text seconds since 1970, with or without a fraction */
    static Optional<Instant> instant(String text) {
        OptionalDouble seconds = decimal(text);
        return seconds.isPresent() && seconds.getAsDouble() > 0 && seconds.getAsDouble() < 1e11
                ? Optional.of(Instant.ofEpochSecond((long) seconds.getAsDouble()))
                : Optional.empty();
    }
}

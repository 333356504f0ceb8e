package homelab.phase.longhorn;

import java.util.Map;
import java.util.Optional;

/** What the user's values say of a key in a section of the chart. */
final class Values {
    private Values() {}

    static Optional<String> text(Map<String, Object> values, String section, String key) {
        return values.get(section) instanceof Map<?, ?> inner
                ? Optional.ofNullable(inner.get(key)).map(Object::toString)
                : Optional.empty();
    }
}

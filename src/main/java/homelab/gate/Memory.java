package homelab.gate;

import homelab.doctor.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What homelab did to an object, kept in an annotation of it or of its Node: {@code WHAT@SECONDS}, parted by blanks. So
 * it is known to whoever runs next, wherever he runs.
 *
 * @param deeds by what was done, when it was last done
 */
record Memory(Map<String, Instant> deeds) {
    static final String ANNOTATION = "homelab/recovered";
    private static final Duration KEPT = Duration.ofDays(1);

    static Memory of(Optional<Item> object) {
        Map<String, Instant> deeds = new LinkedHashMap<>();
        String text = object.map(one -> one.map("metadata.annotations"))
                .orElse(Map.of())
                .getOrDefault(ANNOTATION, "");
        for (String word : text.split(" ")) {
            int at = word.lastIndexOf('@');
            if (at > 0 && word.substring(at + 1).matches("\\d{1,12}")) {
                deeds.put(word.substring(0, at), Instant.ofEpochSecond(Long.parseLong(word.substring(at + 1))));
            }
        }
        return new Memory(deeds);
    }

    boolean contains(String what) {
        return deeds.containsKey(what);
    }

    /** How long ago; empty when it was not done. A clock that was set back makes it just now. */
    Optional<Duration> ago(String what, Instant now) {
        return Optional.ofNullable(deeds.get(what))
                .map(at -> Duration.between(at, now))
                .map(ago -> ago.isNegative() ? Duration.ZERO : ago);
    }

    /** The annotation with one more deed in it, without those of yesterday. */
    String with(String what, Instant now) {
        Map<String, Instant> all = new LinkedHashMap<>(deeds);
        all.values().removeIf(at -> Duration.between(at, now).compareTo(KEPT) > 0);
        all.put(what, now);
        return all.entrySet().stream()
                .map(deed -> deed.getKey() + "@" + deed.getValue().getEpochSecond())
                .collect(Collectors.joining(" "));
    }
}

package homelab.artifact;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The checksums of a release's files by file name, from {@code sha256sum-ARCH.txt} or from our pins.
 *
 * @param byName file name to 64 lower-case hex digits
 */
record Sums(Map<String, String> byName) {
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) [ *](\\S+)");

    Sums {
        byName = Map.copyOf(byName);
    }

    /** Reads what {@code sha256sum} writes; lines of another form are left out. */
    static Sums parse(String text) {
        Map<String, String> found = new HashMap<>();
        for (String line : text.lines().toList()) {
            Matcher match = LINE.matcher(line.strip());
            if (match.matches()) {
                found.put(match.group(2), match.group(1));
            }
        }
        return new Sums(found);
    }

    Sums and(Sums more) {
        Map<String, String> all = new HashMap<>(more.byName);
        all.putAll(byName);
        return new Sums(all);
    }

    /** The first of these names that has a checksum. */
    Optional<String> first(List<String> names) {
        return names.stream().filter(byName::containsKey).findFirst();
    }
}

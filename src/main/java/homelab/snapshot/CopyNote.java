package homelab.snapshot;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is written down beside a sealed copy. {@code sha256sum -c} reads the file: what is no sum stands behind a #.
 *
 * @param taken when the snapshot was
 * @param bytes of the sealed copy
 * @param sha256 of the sealed copy, 64 lower-case hex digits
 * @param sealedFor {@code age1…}
 */
public record CopyNote(Instant taken, long bytes, String sha256, List<String> sealedFor) {
    /** How the name of its file ends, behind that of the copy's. */
    public static final String END = ".sha256";

    private static final Pattern LINES = Pattern.compile(
            "# taken (\\S+)\n# bytes (\\d{1,18})\n# sealed for ([^\n]*)\n([0-9a-f]{64})  .*", Pattern.DOTALL);

    public CopyNote {
        sealedFor = List.copyOf(sealedFor);
    }

    /** @param copy the name of the copy's file */
    public String file(String copy) {
        return "# taken " + taken + "\n# bytes " + bytes + "\n# sealed for " + String.join(" ", sealedFor) + "\n"
                + sha256 + "  " + copy + "\n";
    }

    /** Empty when it is none. */
    public static Optional<CopyNote> parse(String file) {
        Matcher lines = LINES.matcher(file);
        try {
            return lines.matches()
                    ? Optional.of(new CopyNote(
                            Instant.parse(lines.group(1)),
                            Long.parseLong(lines.group(2)),
                            lines.group(4),
                            Arrays.asList(lines.group(3).split(" "))))
                    : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}

package homelab.model;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Kubernetes quantity, which the API writes in another way than it was given: 1000m is 1, 1024Mi is 1Gi. */
public final class Quantity {
    private static final Pattern FORM =
            Pattern.compile("([+-]?(?:\\d+\\.?\\d*|\\.\\d+))(?:([eE][+-]?\\d+)|([numkMGTPE]|[KMGTPE]i)?)");
    private static final Map<String, Integer> DECIMAL =
            Map.of("n", -9, "u", -6, "m", -3, "", 0, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);
    private static final String BINARY = "KMGTPE";

    private Quantity() {}

    /** Whether both are quantities, and the same one. */
    public static boolean same(String one, String other) {
        Optional<BigDecimal> first = parse(one);
        Optional<BigDecimal> second = parse(other);
        return first.isPresent() && second.isPresent() && first.get().compareTo(second.get()) == 0;
    }

    /** Its number of units, bytes for storage; empty when the text is no quantity. */
    public static Optional<BigDecimal> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(form.group(1) + (form.group(2) == null ? "" : form.group(2)));
        return Optional.of(number.multiply(unit(form.group(3) == null ? "" : form.group(3))));
    }

    private static BigDecimal unit(String suffix) {
        return suffix.endsWith("i")
                ? BigDecimal.valueOf(1024).pow(BINARY.indexOf(suffix.charAt(0)) + 1)
                : BigDecimal.ONE.scaleByPowerOfTen(DECIMAL.getOrDefault(suffix, 0));
    }
}

package homelab.doctor.host;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kernel as {@code uname -r} names it: 6.12.25+rpt-rpi-v8, 6.8.0-1013-raspi, 6.1.0-31-amd64.
 *
 * @param flavour what follows the numbers; kernels of different flavours lie side by side, and none replaces another
 */
record KernelVersion(String text, List<Long> numbers, String flavour) {
    private static final Pattern NAME = Pattern.compile("(\\d+(?:[.-]\\d+)*)(.*)");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    static KernelVersion parse(String text) {
        Matcher name = NAME.matcher(text.strip());
        if (!name.matches()) {
            return new KernelVersion(text, List.of(), text);
        }
        List<Long> numbers = new ArrayList<>();
        Matcher number = NUMBER.matcher(name.group(1));
        while (number.find()) {
            numbers.add(Long.valueOf(number.group()));
        }
        return new KernelVersion(text.strip(), List.copyOf(numbers), name.group(2));
    }

    /** Of the same flavour, and later. */
    boolean replaces(KernelVersion other) {
        if (!flavour.equals(other.flavour)) {
            return false;
        }
        for (int at = 0; at < Math.min(numbers.size(), other.numbers.size()); at++) {
            int order = numbers.get(at).compareTo(other.numbers.get(at));
            if (order != 0) {
                return order > 0;
            }
        }
        return numbers.size() > other.numbers.size();
    }
}

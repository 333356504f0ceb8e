package homelab.model;

import java.time.LocalTime;
import java.time.format.DateTimeParseException;

/**
 * Hours of each day, as a clock on the wall tells them.
 *
 * @param to not before {@code from} means of the next day: 22:00-06:00
 */
public record Hours(LocalTime from, LocalTime to) {

    /**
     * @param text "02:00-05:00"
     * @throws IllegalArgumentException with what such hours look like
     */
    public static Hours parse(String text) {
        String[] parts = text.split("-", -1);
        try {
            if (parts.length == 2 && !parts[0].equals(parts[1])) {
                return new Hours(LocalTime.parse(parts[0]), LocalTime.parse(parts[1]));
            }
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(wrong(text), e);
        }
        throw new IllegalArgumentException(wrong(text));
    }

    private static String wrong(String text) {
        return "'" + text + "' is no hours such as 02:00-05:00";
    }

    public boolean contains(LocalTime time) {
        boolean begun = !time.isBefore(from);
        boolean over = !time.isBefore(to);
        return from.isBefore(to) ? begun && !over : begun || !over;
    }

    @Override
    public String toString() {
        return from + "-" + to;
    }
}

package homelab.problem;

import java.util.Optional;

/**
 * Where a mistake stands in a file.
 *
 * @param line counted from 1
 * @param column counted from 1, in characters
 * @param excerpt the line itself, if it can be shown
 */
public record Place(String file, int line, int column, Optional<String> excerpt) {

    /** The same place for a line that may hold a secret: named, not shown. */
    public Place hidden() {
        return new Place(file, line, column, Optional.empty());
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}

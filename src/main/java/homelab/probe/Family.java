package homelab.probe;

import java.util.List;
import java.util.Map;

/**
 * Probes that are alike, and that one start of a program can answer together: {@code stat} tells of ten files as fast as
 * of one, and a second read of the API costs no second handshake. Of itself each of them can still be asked alone.
 */
public interface Family {

    /** Two probes of this name are of one family. */
    String name();

    /** POSIX sh that asks for all the words, in their order; must change nothing. */
    String shell(List<String> words);

    /**
     * What each word's own probe would have answered. A word that is missing reads as Unknown.
     *
     * @param whole what {@link #shell} printed for these words, or its beginning
     */
    Map<String, Answer> divide(Answer whole, List<String> words);

    /** One of the family. @param word what it asks for: a path, say */
    record Member(Family family, String word) {}
}

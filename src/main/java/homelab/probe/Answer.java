package homelab.probe;

import java.nio.charset.StandardCharsets;

/**
 * What one probe's script answered.
 *
 * @param exit its exit code; 0 is success
 * @param out its standard output, at most the collector's cap
 * @param cut whether the cap was reached, so that {@code out} is not all of it
 */
public record Answer(int exit, byte[] out, boolean cut) {

    /** The output as text; bytes that are not UTF-8 become U+FFFD. */
    public String text() {
        return new String(out, StandardCharsets.UTF_8);
    }

    public boolean ok() {
        return exit == 0;
    }
}

package homelab.probe;

/** Text as sh takes it. */
public final class Word {
    private Word() {}

    /** As one word, whatever it holds. */
    public static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}

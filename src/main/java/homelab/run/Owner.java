package homelab.run;

/**
 * Who holds a lock, as the one who finds it held is told.
 *
 * @param text one line: user, machine, process, verb, start time
 */
public record Owner(String text) {
    public Owner {
        text = text.replaceAll("[^ -~]", "?").replace("'", "");
    }
}

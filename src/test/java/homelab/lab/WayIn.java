package homelab.lab;

import java.util.List;

/**
 * A way into a host, and what is to be seen when homelab takes it.
 *
 * @param title for people
 * @param made done as root on the host before
 * @param undone done there afterwards
 * @param config the user's {@code ~/.ssh/config}; the host's address is ADDRESS, the folder with keys is KEYS
 * @param defaults lines under {@code defaults:} of the inventory
 * @param node the node's own keys in the inventory; its address is ADDRESS
 * @param before shell that runs here before homelab in the same shell
 * @param typed lines that are typed at a terminal; without any there is none
 * @param seen patterns of what homelab prints, all of them
 */
record WayIn(
        String title,
        String made,
        String undone,
        String config,
        String defaults,
        String node,
        String before,
        List<String> typed,
        List<String> seen) {
    static final String IN = "ultron .*Debian";

    static WayIn of(String title) {
        return new WayIn(title, "true", "true", "", "", "address: ADDRESS", "true", List.of(), List.of(IN));
    }

    WayIn on(String host, String after) {
        return new WayIn(title, host, after, config, defaults, node, before, typed, seen);
    }

    WayIn config(String text) {
        return new WayIn(title, made, undone, text, defaults, node, before, typed, seen);
    }

    WayIn defaults(String... lines) {
        return new WayIn(title, made, undone, config, String.join("\n", lines), node, before, typed, seen);
    }

    WayIn node(String keys) {
        return new WayIn(title, made, undone, config, defaults, keys, before, typed, seen);
    }

    WayIn before(String shell) {
        return new WayIn(title, made, undone, config, defaults, node, shell, typed, seen);
    }

    WayIn typing(String... lines) {
        return new WayIn(title, made, undone, config, defaults, node, before, List.of(lines), seen);
    }

    WayIn sees(String... patterns) {
        return new WayIn(title, made, undone, config, defaults, node, before, typed, List.of(patterns));
    }

    @Override
    public String toString() {
        return title;
    }
}

package homelab.doctor.pod;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an image, taken apart as a runtime does: {@code registry.lan:5000/app:1.2@sha256:…}. A colon before the last
 * slash is a port, not the beginning of a tag.
 *
 * @param registry where it is had; docker.io when none is said
 * @param tag empty when none is said; without a digest the runtime takes "latest" then
 * @param digest "sha256:…", or empty
 */
record ImageName(String registry, String repository, String tag, String digest) {
    private static final String PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern FORM = Pattern.compile(
            "(?:((?:[A-Za-z0-9-]+\\.)*[A-Za-z0-9-]+(?::\\d{1,5})?|\\[[0-9a-fA-F:]+](?::\\d{1,5})?)/)?(" + PART + "(?:/"
                    + PART + ")*)(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@([a-z0-9]+:[0-9a-f]{32,}))?");
    private static final int LONGEST = 512;

    /** Empty when no runtime would take it. */
    static Optional<ImageName> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        int slash = text.indexOf('/');
        String first = slash < 0 ? "" : text.substring(0, slash);
        boolean host = first.matches(".*[.:].*")
                || first.equals("localhost")
                || !first.equals(first.toLowerCase(java.util.Locale.ROOT));
        Matcher form = FORM.matcher(host || slash < 0 ? text : "docker.io/" + text);
        if (!form.matches() || (host && form.group(1) == null)) {
            return Optional.empty();
        }
        String registry = form.group(1) == null ? "docker.io" : form.group(1);
        return Optional.of(new ImageName(registry, form.group(2), orEmpty(form.group(3)), orEmpty(form.group(4))));
    }

    private static String orEmpty(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : text;
    }

    /** What is asked of the registry. */
    String asked() {
        if (!digest.isEmpty()) {
            return digest;
        }
        return tag.isEmpty() ? "tag latest, since none is named" : "tag " + tag;
    }
}

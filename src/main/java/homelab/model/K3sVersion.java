package homelab.model;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A k3s release tag, e.g. {@code v1.33.4+k3s1}: Kubernetes' version and k3s's own build of it.
 *
 * @param pre release candidate part without its dash ("rc1"), or empty
 */
public record K3sVersion(int major, int minor, int patch, String pre, int build) implements Comparable<K3sVersion> {
    private static final Pattern TAG =
            Pattern.compile("v(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})(?:-(rc\\d{1,4}))?\\+k3s(\\d{1,4})");

    public K3sVersion {
        if (major < 0 || minor < 0 || patch < 0 || build < 0 || !pre.matches("(rc\\d{1,4})?")) {
            throw new IllegalArgumentException("not the parts of a k3s release tag");
        }
    }

    /** @throws IllegalArgumentException when the text is not an exact k3s tag */
    public static K3sVersion parse(String text) {
        Matcher tag = TAG.matcher(text);
        if (!tag.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not an exact k3s release such as v1.33.4+k3s1 (no range, no channel)");
        }
        String pre = tag.group(4) == null ? "" : tag.group(4);
        return new K3sVersion(number(tag, 1), number(tag, 2), number(tag, 3), pre, number(tag, 5));
    }

    /** Empty for what is no release tag, such as a build of somebody's own. */
    public static Optional<K3sVersion> read(String text) {
        return TAG.matcher(text).matches() ? Optional.of(parse(text)) : Optional.empty();
    }

    private static int number(Matcher tag, int group) {
        return Integer.parseInt(tag.group(group));
    }

    /** A release candidate comes before its release, rc9 before rc10. */
    @Override
    public int compareTo(K3sVersion other) {
        return Comparator.comparingInt(K3sVersion::major)
                .thenComparingInt(K3sVersion::minor)
                .thenComparingInt(K3sVersion::patch)
                .thenComparingInt(K3sVersion::candidate)
                .thenComparingInt(K3sVersion::build)
                .compare(this, other);
    }

    /** How many minor releases lie between; negative where the other is older. Kubernetes has had one major so far. */
    public int minorsTo(K3sVersion other) {
        return other.major == major ? other.minor - minor : Integer.MAX_VALUE;
    }

    private int candidate() {
        return pre.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(pre.substring(2));
    }

    @Override
    public String toString() {
        return "v" + major + "." + minor + "." + patch + (pre.isEmpty() ? "" : "-" + pre) + "+k3s" + build;
    }
}

package homelab.resource.helm;

import java.math.BigInteger;

/** The order of two versions by semver.org, as far as it takes to know which way a change goes. */
final class ChartVersion {
    private ChartVersion() {}

    static boolean older(String one, String other) {
        return compare(core(one), core(other)) < 0
                || (compare(core(one), core(other)) == 0 && pre(one).compareTo(pre(other)) < 0);
    }

    private static String[] core(String version) {
        return version.replaceFirst("^v", "").replaceFirst("[-+].*", "").split("\\.");
    }

    /** What has no pre-release part comes after all that have one. */
    private static String pre(String version) {
        String plain = version.replaceFirst("\\+.*", "");
        int dash = plain.indexOf('-');
        return dash < 0 ? "~" : plain.substring(dash + 1);
    }

    private static int compare(String[] one, String[] other) {
        for (int i = 0; i < Math.max(one.length, other.length); i++) {
            int order = part(one, i).compareTo(part(other, i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static BigInteger part(String[] parts, int index) {
        return index < parts.length && parts[index].matches("\\d{1,18}")
                ? new BigInteger(parts[index])
                : BigInteger.ZERO;
    }
}

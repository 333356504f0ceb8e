package homelab.gate;

import java.util.List;

/** Lengths of time and lists, for people. */
final class Words {
    private static final int FEW = 4;

    private Words() {}

    static String age(long seconds) {
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 2 * 3600) {
            return seconds / 60 + " min";
        }
        return seconds < 2 * 86400 ? seconds / 3600 + " h" : seconds / 86400 + " days";
    }

    static String few(List<String> all) {
        return all.size() <= FEW
                ? String.join(", ", all)
                : String.join(", ", all.subList(0, FEW)) + " and " + (all.size() - FEW) + " more";
    }
}

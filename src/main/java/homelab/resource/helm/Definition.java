package homelab.resource.helm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A CRD that a chart brings.
 *
 * @param name "greetings.home.arpa"
 * @param versions that it would have
 */
record Definition(String name, List<String> versions, Optional<Live> live) {

    /**
     * The one of that name that the cluster has already.
     *
     * @param storage the version in which objects are written now
     * @param stored all in which one may be stored: {@code status.storedVersions}
     * @param chart the chart of homelab's that it came with last, "whoami-1.1.0"; "" when homelab did not apply it
     * @param objects how many of its kind there are; -1 when nobody counted them
     */
    record Live(String storage, List<String> stored, String chart, long objects) {
        Live {
            stored = List.copyOf(stored);
        }
    }

    Definition {
        versions = List.copyOf(versions);
    }

    /** Versions in which objects may be stored and which the API could no longer read. */
    List<String> dropped() {
        List<String> dropped = new ArrayList<>(live.map(Live::stored).orElse(List.of()));
        dropped.removeAll(versions);
        return dropped;
    }

    /** The version of the chart that it came with last, if that is newer. */
    Optional<String> newer(String chart, String version) {
        return live.map(Live::chart)
                .filter(last -> last.startsWith(chart + "-"))
                .map(last -> last.substring(chart.length() + 1))
                .filter(last -> ChartVersion.older(version, last));
    }

    /** Whether the objects can be written anew, in a version that stays. */
    boolean movable() {
        return live.filter(is -> versions.contains(is.storage())).isPresent();
    }
}

package homelab.command;

import homelab.drain.Terms;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import picocli.CommandLine.Option;

/** On which terms a node's pods leave it, and what of its data is given up, as it is typed. */
final class LeavingWords {
    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Ago.class,
            description = "How long the pods of a node may take to leave: 90s, 10m, 1h. 5m unless given.")
    private Duration timeout = Duration.ofMinutes(5);

    @Option(
            names = "--force",
            split = ",",
            paramLabel = "NAMESPACE/POD",
            description = "Delete these pods, whatever their budget says and though nobody makes them anew.")
    private Set<String> forced = new LinkedHashSet<>();

    @Option(
            names = "--lose-data",
            split = ",",
            paramLabel = "NAMESPACE/CLAIM",
            description = "Give up the data of these claims, which lies on such a node alone.")
    private Set<String> lost = new LinkedHashSet<>();

    Duration timeout() {
        return timeout;
    }

    Terms terms() {
        return Terms.forGood(forced);
    }

    Set<String> lost() {
        return lost;
    }
}

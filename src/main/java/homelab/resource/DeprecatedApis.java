package homelab.resource;

import homelab.probe.Answer;
import homelab.probe.ApiReads;
import homelab.probe.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Old forms of the API that somebody has asked for since the server was started, by the API server's own count. */
public final class DeprecatedApis {
    /** Kubernetes 1.19, metric {@code apiserver_requested_deprecated_apis}; only those that are used are in it. */
    private static final Pattern LINE = Pattern.compile("apiserver_requested_deprecated_apis\\{(.*)} 1");

    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

    /** All that the server counts is megabytes, of which some lines are wanted. */
    private static final Probe<List<Used>> PROBE = new Probe<>(
            "api:deprecated",
            "(\n" + ApiReads.read("/metrics") + ") | grep '^apiserver_requested_deprecated_apis{' || :\n",
            Duration.ofSeconds(20),
            DeprecatedApis::parse);

    /**
     * One of them.
     *
     * @param api "batch/v1beta1 cronjobs"
     * @param removed minor release that no longer has it, "1.25"; "" when that is not decided
     */
    public record Used(String api, String removed) {
        /** Whether a release of this minor does without it. */
        public boolean goneIn(int minor) {
            return removed.matches("1\\.\\d{1,3}") && Integer.parseInt(removed.substring(2)) <= minor;
        }
    }

    private DeprecatedApis() {}

    /** Asked on a server. */
    public static Probe<List<Used>> probe() {
        return PROBE;
    }

    private static List<Used> parse(Answer answer) {
        List<Used> used = new ArrayList<>();
        answer.text()
                .lines()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .forEach(line -> used.add(used(line.group(1))));
        return List.copyOf(used);
    }

    private static Used used(String labels) {
        String group = "";
        String version = "";
        String resource = "";
        String removed = "";
        Matcher label = LABEL.matcher(labels);
        while (label.find()) {
            switch (label.group(1)) {
                case "group" -> group = label.group(2);
                case "version" -> version = label.group(2);
                case "resource" -> resource = label.group(2);
                case "removed_release" -> removed = label.group(2);
                default -> {}
            }
        }
        return new Used((group.isEmpty() ? "" : group + "/") + version + " " + resource, removed);
    }
}

package homelab.lab;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A cluster some of whose machines lost their power, looked at until it is whole again. */
record AfterCut(Lab lab) {
    private static final String NODES =
            "get nodes -o jsonpath='{range .items[*]}{.metadata.name} {.status.nodeInfo.bootID}"
                    + " {.status.conditions[?(@.type==\"Ready\")].status}{\"\\n\"}{end}'";

    private static final String PODS = "get pods -A -o jsonpath='{range .items[?(@.spec.restartPolicy==\"Always\")]}"
            + "{.metadata.uid} {.spec.nodeName} {.metadata.name}"
            + " {.status.conditions[?(@.type==\"Ready\")].status}{\"\\n\"}{end}'";

    private static final String SANDBOXES =
            "k3s crictl pods --state ready -o json | grep -oE '[0-9a-f-]{36}\"' | tr -d '\"'";

    private static final String LEAKED = """
            ids=" $(k3s crictl pods -q --no-trunc | tr '\\n' ' ') "
            for file in /var/lib/cni/networks/cbr0/10.*; do
              [ -e "$file" ] || continue
              id=$(head -n 1 "$file" | tr -d '\\r')
              case $ids in *" ${id:-none} "*) ;; *) echo "$file" ;; esac
            done""";

    /**
     * Each node of this boot is Ready; what the API says of an earlier one counts for nothing. A machine that starts is
     * not kept from it by questions: it is asked for its boot when the API has nothing against it any more.
     */
    boolean nodesAreReady() {
        Said nodes = kubectl(NODES);
        return nodes.exit() == 0
                && lab.nodeNames().stream()
                        .allMatch(node -> Pattern.compile("(?m)^" + node + " \\S+ True$")
                                .matcher(nodes.out())
                                .find())
                && lab.nodeNames().stream().allMatch(node -> nodes.out().contains(node + " " + bootOf(node) + " True"));
    }

    private String bootOf(String node) {
        return lab.tried(node, "cat /proc/sys/kernel/random/boot_id").out().strip();
    }

    /** Pods that are to run for ever and do not: not Ready, or without a living sandbox on their node. */
    List<String> stuck() {
        Said pods = kubectl(PODS);
        if (pods.exit() != 0) {
            return List.of("no API answers");
        }
        List<String> notReady = of(pods, pod -> pod.length < 4 || !pod[3].equals("True"));
        if (!notReady.isEmpty()) {
            return notReady;
        }
        Set<String> alive = lab.nodeNames().stream()
                .flatMap(node -> lab.tried(node, SANDBOXES).out().lines())
                .collect(Collectors.toSet());
        return of(pods, pod -> !alive.contains(pod[0]));
    }

    private static List<String> of(Said pods, Predicate<String[]> which) {
        return pods.out()
                .lines()
                .map(line -> line.split(" "))
                .filter(which)
                .map(pod -> pod[2])
                .toList();
    }

    /** Addresses that are taken by a sandbox which is no more, or by none. */
    long leakedAddresses() {
        return lab.nodeNames().stream()
                .mapToLong(node -> lab.tried(node, LEAKED).ok().lines().count())
                .sum();
    }

    private Said kubectl(String words) {
        return lab.tried(Lab.SERVER, "timeout 60 k3s kubectl " + words);
    }

    static long seconds(long began) {
        return Duration.ofNanos(System.nanoTime() - began).toSeconds();
    }
}

package homelab.doctor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which findings follow from which. Told of a house in trouble are its causes, and below each what it brings with it:
 * one closed port is one thing to mend, not five.
 */
final class Causes {
    private static final Set<String> PODS_OF_A_NODE = Set.of(
            "K3S-002", "NET-006", "NET-008", "STO-002", "STO-004", "POD-005", "GITOPS-005", "SEC-009", "K3S-010");

    /** What only a kubelet tells, and what only it brings into order. */
    private static final List<String> OF_A_KUBELET =
            List.of("K3S-006", "K3S-007", "CRI-001", "CRI-002", "CRI-003", "STO-008");

    /** Without a leader of etcd, or room in it, an API answers with errors if at all. */
    private static final Set<String> OF_THE_API = Set.of("ETCD-002", "K3S-001");

    private static final Pattern SILENT_API = Pattern.compile(
            "the API (?:does not answer|does not tell|did not answer|answered HTTP 5|told only a part)");

    /**
     * @param cause the check that fails
     * @param brings checks that fail with it
     * @param sameSubject whether only for the same node; else for the whole cluster
     */
    private record Rule(String cause, Set<String> brings, boolean sameSubject) {
        /** Never two findings of one check: each would be the other's cause, and neither would be told. */
        boolean links(Finding one, Finding other) {
            return one.check().equals(cause)
                    && !other.check().equals(cause)
                    && brings.contains(other.check())
                    && (!sameSubject || other.subject().equals(one.subject()) || concerns(other, one.subject()));
        }

        /** Findings about pairs of nodes, and about pods, name the node in what they say. */
        private static boolean concerns(Finding finding, String node) {
            return named(finding.subject(), node)
                    || named(finding.what(), node)
                    || finding.evidence().stream().anyMatch(line -> named(line, node));
        }

        /** As a word of its own. Asked of every pair of findings, so the expression is only tried where it may fit. */
        private static boolean named(String text, String node) {
            return text.contains(node)
                    && Pattern.compile("(?<![\\w-])" + Pattern.quote(node) + "(?![\\w-])")
                            .matcher(text)
                            .find();
        }
    }

    /** What lies deeper comes first: of several causes a finding gets the first. */
    private static final List<Rule> RULES = List.of(
            new Rule("HOST-001", with(PODS_OF_A_NODE, "K3S-001", "ETCD-001", "NET-005"), true),
            new Rule("HOST-004", Set.of("K3S-001", "K3S-002"), true),
            new Rule("HOST-010", Set.of("K3S-001", "K3S-002", "ETCD-002", "ETCD-003", "HOST-009", "POD-005"), true),
            new Rule("HOST-014", Set.of("K3S-001", "K3S-002", "ETCD-002", "POD-005", "CRI-001"), true),
            new Rule("HOST-005", PODS_OF_A_NODE, false),
            new Rule("HOST-006", Set.of("K3S-002", "K3S-004", "ETCD-001", "CRI-001"), true),
            new Rule("STO-006", Set.of("HOST-009", "HOST-013"), true),
            new Rule(
                    "K3S-001",
                    with(PODS_OF_A_NODE, OF_A_KUBELET, "ETCD-001", "ETCD-002", "ETCD-003", "ETCD-004", "NET-005"),
                    true),
            new Rule("ETCD-002", Set.of("K3S-001", "ETCD-001"), false),
            new Rule("NET-001", with(PODS_OF_A_NODE, "NET-002", "NET-004", "NET-005"), false),
            new Rule("NET-002", with(PODS_OF_A_NODE, "NET-004", "NET-005"), false),
            new Rule("NET-005", Set.of("K3S-006", "K3S-007", "STO-008"), false),
            new Rule("NET-006", PODS_OF_A_NODE, false),
            new Rule("NET-008", Set.of("POD-005", "STO-004", "GITOPS-005", "SEC-009"), false),
            new Rule("CRI-001", Set.of("POD-005", "STO-004", "STO-002"), false),
            new Rule("CRI-001", Set.of("K3S-002", "CRI-002", "CRI-003", "K3S-006", "K3S-007", "STO-008"), true),
            new Rule("K3S-002", with(PODS_OF_A_NODE, OF_A_KUBELET, "STO-001", "PLACE-003"), true));

    private Causes() {}

    /** The same findings, each with its cause if it has one. */
    static List<Finding> linked(List<Finding> findings) {
        Map<String, String> causes = new HashMap<>();
        List<Finding> linked = new ArrayList<>();
        for (Finding finding : findings) {
            Optional<Finding> cause = finding.isTold() ? cause(finding, findings, causes) : Optional.empty();
            cause.ifPresent(one -> causes.put(finding.key(), one.key()));
            linked.add(cause.map(finding::because).orElse(finding));
        }
        return linked;
    }

    private static Optional<Finding> cause(Finding finding, List<Finding> all, Map<String, String> causes) {
        Optional<Finding> blinding = blinding(finding, all);
        if (blinding.isPresent()) {
            return blinding;
        }
        return RULES.stream()
                .flatMap(rule -> all.stream()
                        .filter(cause -> cause.verdict() == Verdict.FAIL)
                        .filter(cause -> rule.links(cause, finding)))
                .filter(cause -> !follows(cause.key(), finding.key(), causes))
                .findFirst();
    }

    /** Of two that would each be the other's cause neither would be told. */
    private static boolean follows(String key, String from, Map<String, String> causes) {
        Optional<String> at = Optional.of(key);
        while (at.isPresent() && !at.get().equals(from)) {
            at = Optional.ofNullable(causes.get(at.get()));
        }
        return at.isPresent();
    }

    /** What keeps it from being seen: a host that lets nobody look, or that no API answers; for want of an etcd, often. */
    private static Optional<Finding> blinding(Finding finding, List<Finding> all) {
        if (finding.verdict() != Verdict.UNKNOWN) {
            return Optional.empty();
        }
        boolean noApi = SILENT_API.matcher(finding.what()).find();
        return all.stream()
                .filter(cause -> cause.verdict() == Verdict.FAIL)
                .filter(cause ->
                        cause.check().equals("HOST-001") && cause.subject().equals(finding.subject())
                                || noApi && OF_THE_API.contains(cause.check()))
                .filter(cause -> !cause.check().equals(finding.check()))
                .min(Comparator.comparing(Finding::check)
                        .thenComparing(cause -> !cause.subject().equals("cluster")));
    }

    private static Set<String> with(Set<String> some, List<String> others, String... more) {
        return with(with(some, others.toArray(String[]::new)), more);
    }

    private static Set<String> with(Set<String> some, String... more) {
        Set<String> all = new java.util.HashSet<>(some);
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }
}

package homelab.doctor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
    private static final List<String> OF_A_KUBELET = List.of("K3S-006", "K3S-007", "CRI-001", "CRI-002", "CRI-003");

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
            new Rule("NET-005", Set.of("K3S-006", "K3S-007"), false),
            new Rule("NET-006", PODS_OF_A_NODE, false),
            new Rule("NET-008", Set.of("POD-005", "STO-004", "GITOPS-005", "SEC-009"), false),
            new Rule("CRI-001", Set.of("POD-005", "STO-004", "STO-002"), false),
            new Rule("CRI-001", Set.of("K3S-002", "CRI-002", "CRI-003", "K3S-006", "K3S-007"), true),
            new Rule("K3S-002", with(PODS_OF_A_NODE, OF_A_KUBELET, "STO-001", "PLACE-003"), true));

    private Causes() {}

    /** The same findings, each with its cause if it has one. */
    static List<Finding> linked(List<Finding> findings) {
        List<Finding> linked = new ArrayList<>();
        for (Finding finding : findings) {
            linked.add(finding.isTold() ? linked(finding, findings) : finding);
        }
        return linked;
    }

    private static Finding linked(Finding finding, List<Finding> all) {
        Optional<Finding> blinding = blinding(finding, all);
        if (blinding.isPresent()) {
            return finding.because(blinding.get());
        }
        for (Rule rule : RULES) {
            for (Finding cause : all) {
                if (cause.verdict() == Verdict.FAIL
                        && !cause.key().equals(finding.key())
                        && rule.links(cause, finding)) {
                    return finding.because(cause);
                }
            }
        }
        return finding;
    }

    /** What keeps it from being seen: a host that lets nobody look, or that no API answers. */
    private static Optional<Finding> blinding(Finding finding, List<Finding> all) {
        if (finding.verdict() != Verdict.UNKNOWN) {
            return Optional.empty();
        }
        boolean noApi = finding.what().contains("the API does not answer");
        return all.stream()
                .filter(cause -> cause.verdict() == Verdict.FAIL)
                .filter(cause ->
                        cause.check().equals("HOST-001") && cause.subject().equals(finding.subject())
                                || noApi && cause.check().equals("K3S-001"))
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

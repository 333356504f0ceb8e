package homelab.doctor.sec;

import homelab.doctor.ApiCheck;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Listing;
import homelab.doctor.Objects;
import homelab.doctor.pod.Pod;
import homelab.doctor.sec.Policy.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** SEC-003: a namespace is closed but for what is opened; what closes it is not taken back by a policy that opens all. */
final class DefaultDeny implements ApiCheck {

    @Override
    public String id() {
        return "SEC-003";
    }

    @Override
    public List<Listing> listings() {
        return List.of(Policy.POLICIES, Objects.PODS);
    }

    @Override
    public List<Finding> found(House house) {
        List<Policy> policies = Policy.all(house);
        Set<String> namespaces = Pod.alive(house).stream()
                .map(Pod::namespace)
                .filter(namespace -> !namespace.startsWith("kube-"))
                .collect(Collectors.toCollection(TreeSet::new));
        List<Finding> findings = namespaces.stream()
                .map(namespace -> judge(
                        namespace,
                        policies.stream()
                                .filter(policy -> policy.isIn(namespace))
                                .toList()))
                .toList();
        return orPass(findings, "no pods but those of Kubernetes");
    }

    private Finding judge(String namespace, List<Policy> policies) {
        List<String> open = new ArrayList<>();
        List<String> negated = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            boolean closed = policies.stream().anyMatch(policy -> policy.closesAll(direction));
            List<String> openers = policies.stream()
                    .filter(policy -> policy.opensAll(direction))
                    .map(Policy::name)
                    .toList();
            if (closed && !openers.isEmpty()) {
                negated.add(direction.word() + " is closed, and opened to all again by " + String.join(", ", openers));
            } else if (!closed) {
                open.add(
                        direction.word() + " is open" + (openers.isEmpty() ? "" : " by " + String.join(", ", openers)));
            }
        }
        return finding("Namespace " + namespace, namespace, open, negated);
    }

    private Finding finding(String subject, String namespace, List<String> open, List<String> negated) {
        if (!negated.isEmpty()) {
            List<String> all = new ArrayList<>(negated);
            all.addAll(open);
            String opener = negated.get(0).substring(negated.get(0).lastIndexOf(' ') + 1);
            return fail(subject, "is closed by one NetworkPolicy and opened to all by another")
                    .by(all)
                    .fix("kubectl -n " + namespace + " delete networkpolicy " + opener + ", or name peers in it");
        }
        return open.isEmpty()
                ? pass(subject, "is closed but for what is opened")
                : warn(subject, "no NetworkPolicy closes it: " + String.join(", ", open))
                        .fix("homelab doctor explain SEC-003 shows a policy that closes it, with DNS left open");
    }
}

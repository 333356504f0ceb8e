package homelab.doctor.sec;

import homelab.doctor.ApiCheck;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import homelab.doctor.Objects;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** SEC-001: each namespace says what its pods may do to their node. One finding for each, however much is missing. */
final class PodSecurity implements ApiCheck {
    private static final String PREFIX = "pod-security.kubernetes.io/";
    private static final Set<String> LEVELS = Set.of("privileged", "baseline", "restricted");
    // What runs there mounts disks, opens networks or drives the node itself.
    private static final Set<String> PRIVILEGED = Set.of("longhorn-system", "metallb-system", "tailscale");

    @Override
    public String id() {
        return "SEC-001";
    }

    @Override
    public List<Listing> listings() {
        return List.of(Objects.NAMESPACES);
    }

    @Override
    public List<Finding> found(House house) {
        List<Finding> findings = Item.of(house, Objects.NAMESPACES).stream()
                .filter(namespace -> !namespace.name().startsWith("kube-"))
                .map(this::judge)
                .toList();
        return orPass(findings, "no namespaces but those of Kubernetes");
    }

    private Finding judge(Item namespace) {
        Item labels = namespace.at("metadata.labels");
        String enforced = labels.named(PREFIX + "enforce").json().asText("");
        boolean mayAll = PRIVILEGED.contains(namespace.name());
        List<String> missing = new ArrayList<>();
        if (enforced.isEmpty() || !LEVELS.contains(enforced)) {
            missing.add("enforce is " + (enforced.isEmpty() ? "not set" : "'" + enforced + "', which is no level"));
        } else if (enforced.equals("privileged") && !mayAll) {
            missing.add("enforce is privileged: all is allowed");
        }
        for (String mode : List.of("warn", "audit")) {
            String level = labels.named(PREFIX + mode).json().asText("");
            if (!LEVELS.contains(level) && !mayAll) {
                missing.add(mode + " is " + (level.isEmpty() ? "not set" : "'" + level + "', which is no level"));
            }
        }
        String subject = "Namespace " + namespace.name();
        if (missing.isEmpty()) {
            return pass(subject, "says what its pods may do: " + enforced);
        }
        boolean open = enforced.isEmpty() || !LEVELS.contains(enforced) || enforced.equals("privileged") && !mayAll;
        String level = mayAll ? "privileged" : "baseline";
        return warn(
                        subject,
                        open ? "its pods may do anything to their node" : "nobody is told of pods that ask for much")
                .by(missing)
                .fix("kubectl label namespace " + namespace.name() + " " + PREFIX + "enforce=" + level + " " + PREFIX
                        + "warn=restricted " + PREFIX + "audit=restricted --overwrite; try it first with"
                        + " --dry-run=server, which names the pods that break it");
    }
}

package homelab.doctor.sto;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.model.Node;
import homelab.probe.Reading;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The part of STO-008 that tells of claims which are nearly full. */
final class FullClaims {
    private static final double WARN_PERCENT = 80;
    private static final double FAIL_PERCENT = 90;

    private final Check check;

    FullClaims(Check check) {
        this.check = check;
    }

    /** A claim on two nodes is told once. Without claims nobody needs to be asked. */
    Collection<Finding> findings(House house) {
        if (Item.of(house, Claims.CLAIMS).isEmpty()) {
            return List.of();
        }
        Map<String, VolumeUse.Use> fullest = new TreeMap<>();
        List<Finding> findings = new ArrayList<>();
        for (Node node : house.cluster().nodes()) {
            Reading<List<VolumeUse.Use>> reading = VolumeUse.of(house, node);
            if (reading instanceof Reading.Known<List<VolumeUse.Use>> known) {
                known.value()
                        .forEach(use -> fullest.merge(
                                use.claim(), use, (one, other) -> one.percent() >= other.percent() ? one : other));
            } else {
                findings.add(check.unknown(node.name().text(), ((Reading.Unknown<?>) reading).why()));
            }
        }
        fullest.values().stream()
                .filter(use -> use.percent() > WARN_PERCENT)
                .map(this::finding)
                .forEach(findings::add);
        return findings;
    }

    /** Whether any kubelet told of any claim. */
    static boolean told(House house) {
        return house.cluster().nodes().stream()
                .anyMatch(node -> VolumeUse.of(house, node).known().stream().anyMatch(uses -> !uses.isEmpty()));
    }

    private Finding finding(VolumeUse.Use use) {
        String subject = "PersistentVolumeClaim " + use.claim();
        boolean full = use.percent() > FAIL_PERCENT;
        String seen = use.of().equals("bytes")
                ? String.format(Locale.ROOT, "%.0f of %.0f MiB in use", use.used() / (1 << 20), use.total() / (1 << 20))
                : String.format(Locale.ROOT, "%.0f of %.0f inodes in use", use.used(), use.total());
        String[] claim = use.claim().split("/", 2);
        String what = String.format(Locale.ROOT, "is %s: %.0f %%", full ? "full" : "nearly full", use.percent());
        return (full ? check.fail(subject, what) : check.warn(subject, what))
                .by(seen)
                .fix("clear it up, or let it grow where its StorageClass allows it: kubectl -n " + claim[0]
                        + " patch pvc " + claim[1]
                        + " -p '{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"MORE\"}}}}'");
    }
}

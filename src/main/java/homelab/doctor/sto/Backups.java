package homelab.doctor.sto;

import homelab.doctor.ApiCheck;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** STO-005: data is copied out of the cluster, and lately. */
final class Backups implements ApiCheck {
    private static final Duration FRESH = Duration.ofHours(26);

    @Override
    public String id() {
        return "STO-005";
    }

    @Override
    public List<Listing> listings() {
        return List.of(Longhorn.TARGETS, Longhorn.VOLUMES, Longhorn.JOBS);
    }

    @Override
    public String without() {
        return Longhorn.ABSENT;
    }

    @Override
    public List<Finding> found(House house) {
        List<Item> targets = Item.of(house, Longhorn.TARGETS).stream()
                .filter(target -> !target.text("spec.backupTargetURL").isEmpty())
                .toList();
        if (targets.isEmpty()) {
            return List.of(none(house));
        }
        List<Finding> findings = new ArrayList<>();
        targets.forEach(target -> findings.add(judge(target)));
        Item.of(house, Longhorn.VOLUMES).stream()
                .filter(volume -> volume.time("status.lastBackupAt")
                        .filter(at -> at.isAfter(house.now().minus(FRESH)))
                        .isEmpty())
                .forEach(volume -> findings.add(stale(house, volume)));
        return findings;
    }

    private Finding none(House house) {
        String fix = "addons.longhorn.backup in the inventory, then homelab addons apply longhorn";
        String what = "no backup target is set: what the nodes lose is lost";
        return declared(house)
                ? fail("cluster", what).fix(fix)
                : warn("cluster", what).fix(fix);
    }

    private static boolean declared(House house) {
        return house.cluster().addons().releases().stream()
                .filter(release -> release.name().equals("longhorn"))
                .anyMatch(release -> release.values().get("defaultBackupStore") instanceof java.util.Map<?, ?> store
                        && store.containsKey("backupTarget"));
    }

    /** The address stays out of it: it may hold a login. */
    private Finding judge(Item target) {
        String subject = "BackupTarget " + target.name();
        if (target.is("status.available", "true")) {
            return pass(subject, "is reached");
        }
        String why = target.condition("Unavailable")
                .map(one -> one.text("reason") + ": " + one.text("message"))
                .orElse("not available");
        return fail(subject, "is not reached: nothing is backed up")
                .by(why)
                .fix("homelab storage test --backup, once its server is there");
    }

    private Finding stale(House house, Item volume) {
        boolean planned = Item.of(house, Longhorn.JOBS).stream()
                .anyMatch(job -> job.text("spec.task").startsWith("backup"));
        String last = volume.text("status.lastBackupAt");
        return warn(Longhorn.subject(volume), last.isEmpty() ? "was never backed up" : "was not backed up lately")
                .by("last backup " + (last.isEmpty() ? "never" : last) + ", warns after " + FRESH.toHours() + " h; "
                        + (planned ? "a recurring job makes backups" : "no recurring job makes backups"))
                .fix("a RecurringJob of Longhorn with task backup in the group default; kubectl -n "
                        + volume.namespace() + " get recurringjobs.longhorn.io");
    }
}

package homelab.doctor.gitops;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import homelab.probe.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** GITOPS-005: Argo CD itself says that each Application is as Git has it, and well. */
final class SyncAndHealth implements Check {
    private static final Duration SYNCS = Duration.ofHours(1);

    @Override
    public String id() {
        return "GITOPS-005";
    }

    @Override
    public List<Listing> listings() {
        return List.of(Applications.ALL);
    }

    @Override
    public List<Finding> judge(House house) {
        if (house.list(Applications.ALL) instanceof Reading.Unknown<?> unknown) {
            return List.of(unlisted(house, unknown.why()));
        }
        List<Finding> findings = Applications.all(house).stream()
                .map(application -> judge(house, application))
                .toList();
        return findings.isEmpty() ? List.of(pass("cluster", "Argo CD has no Applications")) : findings;
    }

    private Finding unlisted(House house, String why) {
        if (!why.equals(Listing.NOT_INSTALLED)) {
            return unknown("cluster", "applications: " + why);
        }
        return house.cluster().addons().argoCd().isPresent()
                ? fail("cluster", "Argo CD is in the inventory, and not in the cluster")
                        .fix("homelab addons apply argo-cd")
                : absent("cluster", Applications.ABSENT);
    }

    private Finding judge(House house, Item application) {
        String subject = application.subject("Application");
        String health = application.text("status.health.status");
        String sync = application.text("status.sync.status");
        String phase = application.text("status.operationState.phase");
        String fix = "homelab gitops status";
        List<String> errors = conditions(application, ".*Error");
        List<String> seen = new ArrayList<>(List.of("sync " + orNone(sync) + ", health " + orNone(health)
                + ", last sync " + orNone(phase) + " at "
                + orNone(application.text("status.operationState.finishedAt"))));
        seen.addAll(errors);
        seen.addAll(conditions(application, ".*Warning"));
        boolean failed = phase.equals("Failed") || phase.equals("Error");
        if (failed) {
            seen.add(application.text("status.operationState.message"));
        }
        if (!errors.isEmpty()) {
            return fail(subject, "cannot be compared with Git").by(seen).fix(fix);
        }
        if (health.equals("Degraded") || failed) {
            return fail(subject, failed ? "its last sync failed" : "what it brought is not well")
                    .by(seen)
                    .fix(fix);
        }
        if (sync.isEmpty() || sync.equals("Unknown")) {
            return unknown(subject, "Argo CD has not compared it").by(seen).fix(fix);
        }
        if (sync.equals("OutOfSync") && !isRecent(house, application)) {
            return warn(subject, "is not as Git says").by(seen).fix("homelab gitops diff " + application.name());
        }
        return seen.size() > 1 || health.equals("Missing")
                ? warn(subject, "Argo CD warns of it").by(seen).fix(fix)
                : pass(subject, sync + ", " + orNone(health)).by(seen);
    }

    /** A sync is under way or ended a while ago; what syncs by itself is given that time. */
    private static boolean isRecent(House house, Item application) {
        Optional<Instant> last = application
                .time("status.operationState.finishedAt")
                .or(() -> application.time("status.operationState.startedAt"))
                .or(() -> application.time("metadata.creationTimestamp"));
        return Applications.isAutomated(application)
                && last.filter(at -> at.isAfter(house.now().minus(SYNCS))).isPresent();
    }

    private static List<String> conditions(Item application, String type) {
        return application.items("status.conditions").stream()
                .filter(one -> one.text("type").matches(type))
                .map(one -> one.text("type") + ": " + one.text("message"))
                .toList();
    }

    private static String orNone(String text) {
        return text.isEmpty() ? "none" : text;
    }
}

package homelab.command;

import homelab.host.Script;
import homelab.model.Node;
import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.resource.snapshot.RestoreStage;
import homelab.run.Look;
import homelab.snapshot.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What would be forgotten: everything that the cluster was told since a snapshot was taken. */
record SnapshotLoss(Job job, Taken snapshot) {
    private static final int SHOWN = 8;

    private static final String KINDS =
            "namespaces,deployments,statefulsets,daemonsets,jobs,cronjobs,services,ingresses,"
                    + "configmaps,secrets,persistentvolumeclaims,persistentvolumes,nodes";

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        Duration age = Duration.between(snapshot.at(), job.time().now());
        lines.add(snapshot.name() + " is of " + snapshot.at() + ": what was written in the " + text(age)
                + " since is forgotten");
        job.workshop()
                .site()
                .leader()
                .ifPresentOrElse(
                        leader -> lines.addAll(newer(leader)),
                        () -> lines.add("what that is cannot be told: no API answers"));
        if (isBegun()) {
            lines.add(
                    "a restore of it was begun and not ended: it is gone on with, and what was written since the cluster"
                            + " came back stays; homelab snapshot restore once more does all of it again");
        }
        lines.add("data on volumes stay as they are; pods go on until the cluster knows them no more");
        return lines;
    }

    private boolean isBegun() {
        return Look.at(job.workshop().fleet().host(snapshot.server()), List.of(RestoreStage.PROBE), Script.As.ROOT)
                .of(RestoreStage.PROBE)
                .known()
                .filter(stage -> stage.name().equals(snapshot.name()))
                .isPresent();
    }

    private static String text(Duration age) {
        if (age.toMinutes() < 2) {
            return age.toSeconds() + " s";
        }
        return age.toHours() < 2 ? age.toMinutes() + " min" : age.toHours() + " h";
    }

    private List<String> newer(Node leader) {
        Probe<Map<String, List<String>>> probe = new Probe<>(
                "objects newer than a snapshot",
                Probe.LIFTED + "/usr/local/bin/k3s kubectl --request-timeout=20s get " + KINDS
                        + " -A -o jsonpath='{range .items[*]}{.metadata.creationTimestamp} {.kind} "
                        + "{.metadata.namespace}/{.metadata.name}{\"\\n\"}{end}'",
                Duration.ofSeconds(30),
                this::parse);
        Reading<Map<String, List<String>>> reading = Look.at(
                        job.workshop().fleet().host(leader.name()), List.of(probe), Script.As.ROOT)
                .of(probe);
        if (reading instanceof Reading.Unknown<Map<String, List<String>>> unknown) {
            return List.of("which objects are newer could not be seen: " + unknown.why());
        }
        Map<String, List<String>> byKind = reading.known().orElse(Map.of());
        return byKind.isEmpty()
                ? List.of("no object of the usual kinds was made since; changes to older ones are forgotten too")
                : byKind.entrySet().stream()
                        .map(kind -> "  " + kind.getKey() + ": " + shown(kind.getValue()))
                        .toList();
    }

    private Map<String, List<String>> parse(Answer answer) {
        if (!answer.ok() || answer.cut()) {
            throw new IllegalStateException("the API does not tell");
        }
        Map<String, List<String>> byKind = new TreeMap<>();
        answer.text().lines().map(line -> line.split(" ", 3)).forEach(words -> {
            if (words.length == 3 && Instant.parse(words[0]).isAfter(snapshot.at())) {
                byKind.computeIfAbsent(words[1], kind -> new ArrayList<>()).add(words[2].replaceFirst("^/", ""));
            }
        });
        return byKind;
    }

    private static String shown(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
        return names.size() <= SHOWN ? first : first + " and " + (names.size() - SHOWN) + " more";
    }
}

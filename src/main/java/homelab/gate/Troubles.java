package homelab.gate;

import homelab.doctor.House;
import homelab.doctor.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What events of pods that do not run tell of volumes that waiting does not mend: the words of kubelet's mounter and of
 * Kubernetes' attach-detach controller (1.33).
 */
final class Troubles {
    private static final Pattern FSCK =
            Pattern.compile("'fsck' found errors on device (/dev/longhorn/[A-Za-z0-9-]+) but could not correct them");
    private static final Pattern UNCLEAN = Pattern.compile("Structure needs cleaning");
    private static final Pattern MULTI = Pattern.compile(
            "Multi-Attach error for volume \"([^\"]+)\" Volume is already (?:exclusively attached|used by)");
    /** Events are told again and again as long as it is so. */
    private static final Duration LATELY = Duration.ofMinutes(10);

    private Troubles() {}

    static List<Sight> of(House house) {
        Set<String> waiting = Pods.all(house).stream()
                .filter(pod -> !Pods.isTold(pod) && !Pods.hasEnded(pod))
                .map(pod -> pod.text("metadata.uid"))
                .collect(Collectors.toSet());
        return Item.of(house, Lists.EVENTS).stream()
                .filter(event -> waiting.contains(event.text("involvedObject.uid")) && isOfLate(house, event))
                .flatMap(event -> trouble(event).stream())
                .distinct()
                .toList();
    }

    private static boolean isOfLate(House house, Item event) {
        return Stream.of("series.lastObservedTime", "lastTimestamp", "eventTime")
                .flatMap(path -> event.time(path).stream())
                .findFirst()
                .map(at -> isOfLate(house.now(), at))
                .orElse(false);
    }

    private static boolean isOfLate(Instant now, Instant at) {
        return Duration.between(at, now).compareTo(LATELY) < 0;
    }

    private static Optional<Sight> trouble(Item event) {
        String message = event.text("message");
        String namespace = event.text("involvedObject.namespace");
        String pod = event.text("involvedObject.name");
        String subject = "Pod " + namespace + "/" + pod;
        Matcher fsck = FSCK.matcher(message);
        if (fsck.find() || UNCLEAN.matcher(message).find()) {
            return Optional.of(Sight.broken(subject, "the file system of its volume has errors", fsckSteps(pod)));
        }
        Matcher multi = MULTI.matcher(message);
        return multi.find()
                ? Optional.of(Sight.waits(
                        subject,
                        "its volume " + multi.group(1) + " is still attached elsewhere",
                        "kubectl get volumeattachments | grep " + multi.group(1)
                                + "; when its old node is off for good: homelab recover on a terminal asks"))
                : Optional.empty();
    }

    /** Nothing writes on it without a copy: what fsck takes away is gone. */
    private static String fsckSteps(String pod) {
        return "homelab touches no file system. 1 scale down who uses " + pod
                + "; 2 attach its volume in Longhorn's UI to one node; 3 take a snapshot or backup of it;"
                + " 4 on that node: sudo e2fsck -f /dev/longhorn/VOLUME; 5 detach it, scale up";
    }
}

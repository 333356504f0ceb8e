package homelab.doctor.place;

import homelab.doctor.Item;
import homelab.doctor.pod.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which volumes stand behind the claims of pods. */
final class Volumes {
    private final Map<String, String> byClaim;
    private final Map<String, Item> byName;

    Volumes(List<Item> claims, List<Item> volumes) {
        byClaim = claims.stream()
                .collect(Collectors.toMap(
                        claim -> claim.namespace() + "/" + claim.name(),
                        claim -> claim.text("spec.volumeName"),
                        (one, other) -> one));
        byName = volumes.stream().collect(Collectors.toMap(Item::name, one -> one, (one, other) -> one));
    }

    /** Those that exist. */
    List<Item> of(Pod pod) {
        return pod.item().items("spec.volumes").stream()
                .map(volume -> volume.text("persistentVolumeClaim.claimName"))
                .map(claim -> byClaim.getOrDefault(pod.namespace() + "/" + claim, ""))
                .flatMap(name -> Optional.ofNullable(byName.get(name)).stream())
                .toList();
    }
}

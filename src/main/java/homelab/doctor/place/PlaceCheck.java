package homelab.doctor.place;

import homelab.doctor.ApiCheck;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Listing;
import homelab.doctor.Objects;
import homelab.doctor.pod.Pod;
import homelab.model.Placement;
import java.util.List;

/** A check of what the inventory says of where pods run; without that there is nothing to judge. */
interface PlaceCheck extends ApiCheck {

    @Override
    default List<Listing> listings() {
        return List.of(Objects.PODS, Objects.NODES);
    }

    @Override
    default List<Finding> judge(House house) {
        return house.cluster().placements().isEmpty()
                ? List.of(absent("cluster", "the inventory has no placement"))
                : ApiCheck.super.judge(house);
    }

    static boolean covers(Placement placement, Pod pod) {
        String workload = pod.owner().substring(pod.owner().indexOf('/') + 1);
        return placement.covers(pod.namespace(), workload, pod.item().map("metadata.labels"));
    }

    /** For people: {@code ultron or friday}. */
    static String nodes(Placement placement) {
        return String.join(
                " or ", placement.nodes().stream().map(node -> node.text()).toList());
    }

    static boolean allows(Placement placement, String node) {
        return placement.nodes().stream().anyMatch(name -> name.text().equals(node));
    }
}

package homelab.doctor.place;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.House;
import java.util.List;

/** PLACE-001: pods run where the inventory says. An inventory cannot say so yet. */
final class InPlace implements Check {

    @Override
    public String id() {
        return "PLACE-001";
    }

    @Override
    public List<Finding> judge(House house) {
        return List.of(absent("cluster", "the inventory has no placement"));
    }
}

package homelab.doctor.place;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.House;
import java.util.List;

/** PLACE-002: rules on where pods run are those of the inventory. An inventory cannot say so yet. */
final class RulesAsDeclared implements Check {

    @Override
    public String id() {
        return "PLACE-002";
    }

    @Override
    public List<Finding> judge(House house) {
        return List.of(absent("cluster", "the inventory has no placement"));
    }
}

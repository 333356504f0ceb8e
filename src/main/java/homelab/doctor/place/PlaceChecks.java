package homelab.doctor.place;

import homelab.doctor.Check;
import java.util.List;

/** The group PLACE. */
public final class PlaceChecks {
    private PlaceChecks() {}

    public static List<Check> all() {
        return List.of(new InPlace(), new RulesAsDeclared(), new Placeable());
    }
}

package homelab.gate;

import homelab.doctor.House;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What may be mended now.
 *
 * @param safe by what was seen
 * @param asked what a person must be asked first
 * @param held what a circuit breaker holds back
 */
public record Repairs(List<Repair> safe, List<Repair> asked, List<Held> held) {
    private static final List<Function<House, Stream<? extends Repair>>> KNOWN = List.of(
            Barred::find,
            CsiPlugin::find,
            StuckPod::find,
            LostAttachment::find,
            StaleTaint::find,
            Refresh::find,
            PoweredOff::find,
            IdleAttachment::find,
            EndlessSync::find);

    /** @param why it is not done now */
    public record Held(Repair repair, String why) {}

    public Repairs {
        safe = List.copyOf(safe);
        asked = List.copyOf(asked);
        held = List.copyOf(held);
    }

    /** By the gates that were looked at, in their order. */
    public static Repairs of(House house, Course course) {
        Breakers breakers = new Breakers(house, course);
        List<Repair> safe = new ArrayList<>();
        List<Repair> asked = new ArrayList<>();
        List<Held> held = new ArrayList<>();
        KNOWN.stream()
                .flatMap(find -> find.apply(house))
                .filter(repair -> course.at(repair.gate()).isPresent())
                .sorted(Comparator.comparing(Repair::gate))
                .forEach(repair -> breakers.against(repair)
                        .ifPresentOrElse(
                                why -> held.add(new Held(repair, why)),
                                () -> (repair.question().isEmpty() ? safe : asked).add(repair)));
        return new Repairs(safe, asked, held);
    }
}

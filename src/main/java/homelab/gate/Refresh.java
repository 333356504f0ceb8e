package homelab.gate;

import homelab.doctor.House;
import homelab.doctor.Item;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An Application that Argo CD could not compare while its repository server was coming up: it is told to look again, and
 * once to forget what it has cached.
 *
 * @param remembered what is written to the Application with it
 */
public record Refresh(String namespace, String name, boolean hard, String remembered) implements Repair {
    private static final Duration TO_COMPARE = Duration.ofSeconds(60);
    private static final Duration AGAIN = Duration.ofHours(1);

    static Stream<Refresh> find(House house) {
        return ArgoGate.allRun(house)
                ? Item.of(house, Lists.APPLICATIONS).stream()
                        .filter(one -> one.text("status.sync.status").matches("(Unknown)?"))
                        .flatMap(one -> of(house, one).stream())
                : Stream.empty();
    }

    private static Optional<Refresh> of(House house, Item one) {
        Memory memory = Memory.of(Optional.of(one));
        Optional<Duration> hard = lately(memory, "hard", house);
        Optional<Duration> normal = lately(memory, "refresh", house);
        if (hard.isPresent()
                || normal.filter(ago -> ago.compareTo(TO_COMPARE) < 0).isPresent()) {
            return Optional.empty();
        }
        String deed = normal.isPresent() ? "hard" : "refresh";
        return Optional.of(
                new Refresh(one.namespace(), one.name(), normal.isPresent(), memory.with(deed, house.now())));
    }

    private static Optional<Duration> lately(Memory memory, String deed, House house) {
        return memory.ago(deed, house.now()).filter(ago -> ago.compareTo(AGAIN) < 0);
    }

    @Override
    public Gate gate() {
        return Gate.ARGOCD;
    }

    @Override
    public String title() {
        return "let Argo CD compare Application " + namespace + "/" + name + " again"
                + (hard ? ", without what it has cached" : "");
    }
}

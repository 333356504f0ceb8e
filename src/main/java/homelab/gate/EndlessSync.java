package homelab.gate;

import homelab.doctor.House;
import homelab.doctor.Item;
import java.util.Optional;
import java.util.stream.Stream;

/** A sync of Argo CD that runs for more than a quarter of an hour: a hook or a wave that never ends. */
public record EndlessSync(String namespace, String name) implements Repair {

    static Stream<EndlessSync> find(House house) {
        return Item.of(house, Lists.APPLICATIONS).stream()
                .filter(one -> Operations.isEndless(house, one))
                .map(one -> new EndlessSync(one.namespace(), one.name()));
    }

    @Override
    public Gate gate() {
        return Gate.ARGOCD;
    }

    @Override
    public String title() {
        return "end the sync of Application " + namespace + "/" + name;
    }

    @Override
    public Optional<String> question() {
        return Optional.of("The sync of " + namespace + "/" + name + " runs for more than 15 min; what it was to do may"
                + " be half done. End it?");
    }
}

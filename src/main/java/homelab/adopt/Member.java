package homelab.adopt;

import homelab.model.Ip;
import homelab.model.Label;
import homelab.model.Taint;
import java.util.List;
import java.util.Optional;

/**
 * A node of a cluster that others made, as it is to stand in an inventory.
 *
 * @param lan the network of its address, "10.0.1.0/24", if it was seen
 * @param board what the hardware calls itself; empty when it was not seen
 * @param found empty when the host could not be looked at
 * @param unseen why not; empty when it was
 */
public record Member(
        String name,
        Ip address,
        boolean server,
        Optional<String> lan,
        String board,
        Optional<Found> found,
        String unseen) {

    private List<String> values(String key) {
        return found.map(one -> one.files().of(key)).orElse(List.of());
    }

    /** Those that it was registered with, and that an inventory may hold. */
    List<Label> labels() {
        return values("node-label").stream()
                .flatMap(text -> label(text).stream())
                .toList();
    }

    private static Optional<Label> label(String text) {
        int equals = text.indexOf('=');
        try {
            return Optional.of(new Label(
                    equals < 0 ? text : text.substring(0, equals), equals < 0 ? "" : text.substring(equals + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    List<Taint> taints() {
        return values("node-taint").stream()
                .flatMap(text -> {
                    try {
                        return Optional.of(Taint.parse(text)).stream();
                    } catch (IllegalArgumentException e) {
                        return Optional.<Taint>empty().stream();
                    }
                })
                .toList();
    }

    Optional<String> flannelIface() {
        return values("flannel-iface").stream().findFirst();
    }
}

package homelab.inventory;

import homelab.model.Access;
import homelab.model.Ip;
import homelab.model.Label;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.model.Role;
import homelab.model.Taint;
import homelab.model.Way;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A node as far as it could be read.
 *
 * @param address empty when it could not be read; holding nothing for "local"
 * @param layers its own, then its groups' in their order, then the defaults: the first that says something counts
 */
record Draft(
        Fields fields,
        Optional<NodeName> name,
        Optional<Role> role,
        Optional<Optional<Ip>> address,
        Optional<Ip> nodeIp,
        Optional<String> model,
        Optional<String> sshEntry,
        List<Layer> layers) {

    boolean isLocal() {
        return address.isPresent() && address.get().isEmpty();
    }

    /** The node's address in the cluster. */
    Optional<Ip> ip() {
        return nodeIp.or(() -> address.flatMap(Function.identity()));
    }

    /** A node that is the jump host of all does not go through itself. */
    Optional<NodeName> jump() {
        return first(Layer::jump).filter(jump -> !Optional.of(jump).equals(name));
    }

    <T> Optional<T> first(Function<Layer, Optional<T>> part) {
        return layers.stream().flatMap(layer -> part.apply(layer).stream()).findFirst();
    }

    /** To be called when no mistake was found. */
    Node node() {
        String user = first(Layer::user).orElse("pi");
        Access access = address.orElseThrow()
                .<Access>map(
                        ip -> new Access.Ssh(ip, first(Layer::port).orElse(22), user, first(Layer::key), jump(), way()))
                .orElseGet(Access.Local::new);
        return new Node(
                name.orElseThrow(),
                role.orElseThrow(),
                access,
                ip().orElseThrow(),
                first(Layer::become).orElse(isLocal() || !user.equals("root")),
                first(Layer::flannelIface),
                labels(),
                taints(),
                disks(),
                model);
    }

    private Way way() {
        return new Way(
                first(Layer::user).isPresent(),
                first(Layer::port).isPresent(),
                sshEntry,
                first(Layer::strict),
                first(Layer::sudoPassword));
    }

    private List<String> disks() {
        return first(Layer::disks).orElse(List.of());
    }

    private List<Label> labels() {
        Map<String, Label> byKey = new LinkedHashMap<>();
        layers.forEach(layer -> layer.labels().forEach(label -> byKey.putIfAbsent(label.key(), label)));
        if (!disks().isEmpty()) {
            byKey.put(Node.STORES, new Label(Node.STORES, "config"));
        }
        return List.copyOf(byKey.values());
    }

    private List<Taint> taints() {
        Map<String, Taint> byKey = new LinkedHashMap<>();
        layers.forEach(layer ->
                layer.taints().forEach(taint -> byKey.putIfAbsent(taint.key() + ":" + taint.effect(), taint)));
        return List.copyOf(byKey.values());
    }
}

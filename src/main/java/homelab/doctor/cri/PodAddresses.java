package homelab.doctor.cri;

import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Listing;
import homelab.facts.Sections;
import homelab.model.Node;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** CRI-003: a node has addresses left for pods, and gives back those of pods that are gone. */
final class PodAddresses implements CriCheck {
    private static final Duration OLD = Duration.ofMinutes(10);
    private static final int LEAKED = 20;
    private static final long WARN = 70;
    private static final long FAIL = 80;
    /** Of a node's /24, which is what k3s gives: without the network, its broadcast and the bridge's own. */
    private static final long USUAL = 253;

    @Override
    public String id() {
        return "CRI-003";
    }

    @Override
    public List<Listing> listings() {
        return List.of(CriLook.PODS, CriLook.NODES);
    }

    /** @param reserved seconds since 1970 */
    private record Address(String ip, long reserved, String sandbox) {}

    @Override
    public Finding judge(House house, Node node, Sections seen, List<Sandbox> sandboxes, Set<String> pods) {
        List<Address> taken = seen.lines("addresses").stream()
                .map(line -> line.split(" ", 3))
                .filter(words -> words.length > 1 && words[1].matches("\\d{1,18}"))
                .map(words -> new Address(words[0], Long.parseLong(words[1]), words.length > 2 ? words[2].strip() : ""))
                .toList();
        Set<String> known = sandboxes.stream().map(Sandbox::id).collect(Collectors.toSet());
        long old = house.now().minus(OLD).getEpochSecond();
        List<String> leaked = taken.stream()
                .filter(address -> address.reserved() < old && !known.contains(address.sandbox()))
                .map(address -> "/var/lib/cni/networks/cbr0/" + address.ip()
                        + (address.sandbox().isEmpty() ? " is empty" : " is of a sandbox that is gone"))
                .toList();
        return judge(node.name().text(), taken.size(), pool(house, node), leaked);
    }

    private Finding judge(String name, long taken, long pool, List<String> leaked) {
        long percent = 100 * taken / pool;
        String used = taken + " of " + pool + " addresses for pods are taken, " + leaked.size() + " by none";
        String fix = leaked.isEmpty()
                ? "move pods to another node: kubectl drain " + name + ", or give nodes a wider podCIDR"
                : "kubectl drain " + name
                        + " --ignore-daemonsets --delete-emptydir-data; on it: sudo systemctl stop k3s "
                        + "k3s-agent; sudo k3s-killall.sh (it removes all that is reserved); sudo reboot; then: kubectl "
                        + "uncordon " + name;
        if (percent > FAIL) {
            return fail(name, "is running out of addresses for pods")
                    .by(with(used, leaked))
                    .fix(fix);
        }
        return percent > WARN || leaked.size() > LEAKED
                ? warn(
                                name,
                                leaked.size() > LEAKED
                                        ? "does not give back addresses of pods"
                                        : "has few addresses for pods left")
                        .by(with(used, leaked))
                        .fix(fix)
                : pass(name, "has addresses for pods").by(used);
    }

    private static List<String> with(String first, List<String> more) {
        return Stream.concat(Stream.of(first), more.stream()).toList();
    }

    /** From the Node's podCIDR, "10.42.1.0/24". */
    private static long pool(House house, Node node) {
        return house.list(CriLook.NODES).known().orElse(List.of()).stream()
                .filter(one -> one.path("metadata")
                        .path("name")
                        .asText()
                        .equals(node.name().text()))
                .map(one -> one.path("spec").path("podCIDR").asText())
                .map(PodAddresses::size)
                .flatMapToLong(OptionalLong::stream)
                .findFirst()
                .orElse(USUAL);
    }

    private static OptionalLong size(String cidr) {
        String bits = cidr.substring(cidr.indexOf('/') + 1);
        boolean four = cidr.matches("[0-9.]+/(8|9|[12]\\d)");
        return four ? OptionalLong.of((1L << (32 - Integer.parseInt(bits))) - 3) : OptionalLong.empty();
    }
}

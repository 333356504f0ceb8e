package homelab.phase;

import homelab.model.Backup;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.plan.Step;
import homelab.resource.Foretold;
import homelab.resource.Resource;
import homelab.resource.TextFile;
import homelab.resource.Worst;
import homelab.resource.backup.BackupPaths;
import homelab.resource.backup.CopiesSeat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Nodes that let others in for their copies, and those who come.
 *
 * @param nodes those that copy now
 */
record BackupGuests(Cluster cluster, Backup backup, List<Node> nodes) {

    boolean goesAway(Node node) {
        return !backup.placeOf(node.name()).node().equals(node.name());
    }

    /** Where copies are kept: the folder, and the keys of those who come. */
    List<Step> seats(BackupSeen now) {
        List<Step> steps = new ArrayList<>();
        for (Backup.Place place : backup.to().stream().distinct().toList()) {
            List<Node> comers = comers(place);
            if (!comers.isEmpty()) {
                steps.add(BackupPhases.step("seat", place.node(), new CopiesSeat(place.path())));
            }
        }
        backup.to().stream()
                .map(Backup.Place::node)
                .distinct()
                .filter(node -> !guests(node).isEmpty())
                .forEach(node -> steps.add(BackupPhases.step("seat", node, authorized(now, node))));
        return steps;
    }

    private List<Node> comers(Backup.Place place) {
        return cluster.nodes().stream()
                .filter(node -> backup.concerns(node.name()))
                .filter(node -> goesAway(node) && backup.placeOf(node.name()).equals(place))
                .toList();
    }

    private List<Node> guests(NodeName at) {
        return cluster.nodes().stream()
                .filter(node -> backup.concerns(node.name()) && goesAway(node))
                .filter(node -> backup.placeOf(node.name()).node().equals(at))
                .toList();
    }

    /** A key that is not made yet is waited for where its node copies now; else its node has been left out. */
    private Resource authorized(BackupSeen now, NodeName at) {
        String file = BackupPaths.HOME + "/.ssh/authorized_keys";
        StringBuilder lines = new StringBuilder();
        for (Node guest : guests(at)) {
            Optional<String> line =
                    now.key(guest.name()).map(key -> line(key, guest)).or(() -> now.line(at, guest.name()));
            if (line.isEmpty() && nodes.contains(guest)) {
                return Foretold.waits("file " + file, "the key of " + guest.name() + " is made", Worst.CREATE);
            }
            line.ifPresent(text -> lines.append(text).append('\n'));
        }
        return TextFile.of(file, lines.toString());
    }

    /** The file transfer and nothing else (sshd(8), AUTHORIZED_KEYS FILE FORMAT). */
    private static String line(String key, Node guest) {
        String[] words = key.strip().split(" ");
        return "command=\"internal-sftp\",restrict " + words[0] + " " + words[1] + " " + BackupPaths.USER + " "
                + guest.name();
    }

    /** Whom those who come believe. */
    List<Step> trusts(BackupSeen now) {
        return nodes.stream()
                .filter(this::goesAway)
                .map(node -> BackupPhases.step(
                        "trust",
                        node.name(),
                        trust(now, backup.placeOf(node.name()).node())))
                .toList();
    }

    private Resource trust(BackupSeen now, NodeName at) {
        String file = BackupPaths.STATE + "/known_hosts";
        List<String> keys = now.hostKeys(at);
        if (keys.isEmpty()) {
            return Foretold.unknown("file " + file, "the host keys of " + at + " could not be read");
        }
        String name = BackupSettings.knownAs(cluster.node(at).orElseThrow());
        StringBuilder lines = new StringBuilder();
        keys.forEach(key -> lines.append(name).append(' ').append(key).append('\n'));
        return TextFile.closed(file, lines.toString());
    }
}

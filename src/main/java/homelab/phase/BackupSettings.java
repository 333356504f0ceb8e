package homelab.phase;

import homelab.model.Backup;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.resource.Sh;
import homelab.resource.backup.BackupPaths;
import java.util.List;
import java.util.stream.Collectors;

/** What a node's program for copies is told, in words of sh; no secret is among them. */
public record BackupSettings(Cluster cluster, Backup backup, Node node) {
    /** k3s's own default (docs.k3s.io, "Volumes and Storage"). */
    private static final String STORAGE = "/var/lib/rancher/k3s/storage";

    String text() {
        Backup.Place place = backup.placeOf(node.name());
        boolean away = !place.node().equals(node.name());
        String folder = place.path() + "/" + node.name();
        Node keeper = cluster.node(place.node()).orElseThrow();
        String login = BackupPaths.USER + "@" + keeper.ip();
        List<Backup.Folder> folders = backup.foldersOf(node.name());
        Backup.Keep keep = backup.keep();
        return "# Written by homelab backup, from the inventory.\n"
                + said("node", node.name().text())
                + said("repository", away ? "sftp:" + login + ":" + folder : folder)
                + said("ssh", away ? ssh(keeper, login) : "")
                + said("storage", storage(cluster))
                + said("volumes", String.join(" ", backup.volumes()))
                + said("directories", folders.stream().map(Backup.Folder::path).collect(Collectors.joining(" ")))
                + said(
                        "frozen",
                        folders.stream()
                                .filter(Backup.Folder::freeze)
                                .map(Backup.Folder::path)
                                .collect(Collectors.joining(" ")))
                + said(
                        "keep",
                        "--keep-daily " + keep.daily() + " --keep-weekly " + keep.weekly() + " --keep-monthly "
                                + keep.monthly());
    }

    /** The folder below which local-path keeps volumes. */
    public static String storage(Cluster cluster) {
        return cluster.addons().bundled().localPath().orElse(STORAGE);
    }

    private static String said(String name, String value) {
        return name + "=" + Sh.quote(value) + "\n";
    }

    /** Only by the key and the host keys that homelab laid down; what the machine's own settings say does not count. */
    private static String ssh(Node keeper, String login) {
        String state = BackupPaths.STATE;
        return "ssh -F none -p " + BackupPhases.port(keeper) + " -i " + state + "/key -o IdentitiesOnly=yes"
                + " -o BatchMode=yes -o ConnectTimeout=15 -o ServerAliveInterval=15 -o StrictHostKeyChecking=yes"
                + " -o UserKnownHostsFile=" + state + "/known_hosts -o GlobalKnownHostsFile=none " + login
                + " -s sftp";
    }

    /** A host as known_hosts names it (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). */
    static String knownAs(Node keeper) {
        int port = BackupPhases.port(keeper);
        return port == 22 ? keeper.ip().toString() : "[" + keeper.ip() + "]:" + port;
    }
}

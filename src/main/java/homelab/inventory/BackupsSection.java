package homelab.inventory;

import homelab.model.Backup;
import homelab.model.NodeName;
import homelab.model.SecretSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code backup:}, what of the nodes' own data is copied elsewhere. */
final class BackupsSection {
    private final Fields fields;
    private final Set<String> known;

    private BackupsSection(Fields fields, NodesSection.Nodes nodes) {
        this.fields = fields;
        this.known = nodes.drafts().stream()
                .flatMap(draft -> draft.name().stream())
                .map(NodeName::text)
                .collect(Collectors.toSet());
    }

    static Optional<Backup> read(Fields root, NodesSection.Nodes nodes, Paths paths) {
        return root.has("backup")
                ? new BackupsSection(root.section("backup", Section.BACKUPS), nodes).backup(paths)
                : Optional.empty();
    }

    private Optional<Backup> backup(Paths paths) {
        List<Backup.Place> to = places();
        Optional<SecretSource> password = fields.value("password")
                .flatMap(value -> SourceSection.read(fields.path("password"), value, fields.mistakes(), paths));
        List<Backup.Folder> folders = folders(to);
        List<String> volumes = fields.has("volumes") ? fields.list("volumes", Kinds.BACKUP_VOLUMES) : List.of("all");
        Backup.Keep keep = keep(fields.section("keep", Section.BACKUP_KEEP));
        int days = fields.one("older-than-days", Kinds.COUNT, 2).orElse(2);
        Optional<String> at = fields.one("at", Kinds.TIME_OF_DAY);
        return to.isEmpty() || password.isEmpty()
                ? Optional.empty()
                : Optional.of(new Backup(to, password.get(), volumes, folders, keep, days, at));
    }

    private static Backup.Keep keep(Fields keep) {
        Backup.Keep usual = Backup.Keep.USUAL;
        return new Backup.Keep(
                keep.one("daily", Kinds.COUNT, usual.daily()).orElse(usual.daily()),
                keep.one("weekly", Kinds.COUNT, usual.weekly()).orElse(usual.weekly()),
                keep.one("monthly", Kinds.COUNT, usual.monthly()).orElse(usual.monthly()));
    }

    private List<Backup.Place> places() {
        boolean several =
                fields.value("to").filter(Tree.Items.class::isInstance).isPresent();
        List<Backup.Place> places = several
                ? fields.list("to", Kinds.BACKUP_PLACE)
                : fields.one("to", Kinds.BACKUP_PLACE).stream().toList();
        if (several && fields.items("to").isEmpty()) {
            fields.mistakes()
                    .add(fields.place("to"), fields.path("to") + " is empty", "copies lie somewhere", "name a folder");
        }
        places.forEach(place -> refuseUnknown(fields, "to", place.node()));
        return places;
    }

    private void refuseUnknown(Fields at, String key, NodeName node) {
        if (!known.contains(node.text())) {
            at.mistakes()
                    .add(
                            at.place(key),
                            at.path(key) + " names no node",
                            "the inventory has no " + node,
                            Suggest.fix(node.text(), known));
        }
    }

    private List<Backup.Folder> folders(List<Backup.Place> to) {
        List<Backup.Folder> folders = new ArrayList<>();
        List<Tree> items = fields.items("directories");
        for (int i = 0; i < items.size(); i++) {
            Tree item = items.get(i);
            String path = fields.path("directories") + "[" + (i + 1) + "]";
            folder(Fields.of(Section.BACKUP_DIRECTORY, path, item.place(), item, fields.mistakes()), to)
                    .ifPresent(folders::add);
        }
        return folders;
    }

    private Optional<Backup.Folder> folder(Fields entry, List<Backup.Place> to) {
        Optional<NodeName> node = entry.one("node", Kinds.NODE);
        Optional<String> path = entry.one("path", Kinds.DATA_PATH);
        boolean freeze = entry.one("freeze", Kinds.FLAG, false).orElse(false);
        node.ifPresent(name -> refuseUnknown(entry, "node", name));
        if (node.isEmpty() || path.isEmpty()) {
            return Optional.empty();
        }
        to.stream()
                .filter(place -> place.node().equals(node.get()) && (place.path() + "/").startsWith(path.get() + "/"))
                .forEach(place -> entry.mistakes()
                        .add(
                                entry.place("path"),
                                entry.path("path") + " holds the copies",
                                "backup.to lies in it, and copies of copies would grow without end",
                                "name a folder beside it"));
        return Optional.of(new Backup.Folder(node.get(), path.get(), freeze));
    }
}

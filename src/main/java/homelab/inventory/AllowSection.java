package homelab.inventory;

import homelab.model.Allow;
import homelab.model.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code network.allow:}, the ports that applications need open. */
final class AllowSection {
    private AllowSection() {}

    /** @param lan what the word "lan" stands for, if it could be read */
    static List<Allow> read(Fields fields, Optional<Cidr> lan) {
        List<Allow> list = new ArrayList<>();
        List<Tree> items = fields.items("allow");
        for (int i = 0; i < items.size(); i++) {
            Tree item = items.get(i);
            String path = fields.path("allow") + "[" + (i + 1) + "]";
            Fields entry = Fields.of(Section.ALLOW, path, item.place(), item, fields.mistakes());
            one(entry, lan).ifPresent(list::add);
        }
        return list;
    }

    private static Optional<Allow> one(Fields entry, Optional<Cidr> lan) {
        Optional<Integer> port = entry.one("port", Kinds.PORT);
        Optional<String> protocol = entry.one("protocol", Kinds.PROTOCOL, "tcp");
        Optional<String> why = entry.one("why", Kinds.WHY);
        List<Cidr> from = from(entry, lan);
        return port.isEmpty() || protocol.isEmpty() || why.isEmpty() || from.isEmpty()
                ? Optional.empty()
                : Optional.of(new Allow(port.get(), protocol.get(), from, why.get()));
    }

    /** One or a list of "lan" and networks; the LAN when nothing is said. */
    private static List<Cidr> from(Fields entry, Optional<Cidr> lan) {
        Kind<Optional<Cidr>> kind = Kind.of(
                "who may come in",
                "write lan, a network such as 192.168.5.0/24, or a list of them",
                text -> text.equals("lan") ? lan : Optional.of(Cidr.parse(text)));
        Optional<Tree> value = entry.value("from");
        if (value.isEmpty() || !(value.get() instanceof Tree.Items items)) {
            return entry.one("from", kind, lan).flatMap(named -> named).stream().toList();
        }
        if (items.items().isEmpty()) {
            String why = "a port that is open to nobody needs no rule";
            entry.mistakes().add(items.place(), entry.path("from") + " is empty", why, "name who may come in");
        }
        return entry.list("from", kind).stream().flatMap(Optional::stream).toList();
    }
}

package homelab.inventory;

import homelab.model.Outside;
import homelab.model.Proxy;
import homelab.model.SecretSource;
import java.util.Optional;

/** {@code registries:} and {@code proxy:}, how k3s reaches what is outside of the cluster. */
final class OutsideSection {
    private OutsideSection() {}

    static Outside read(Fields root, Paths paths) {
        return new Outside(
                ImagesSection.read(root.section("registries", Section.REGISTRIES), paths), proxy(root, paths));
    }

    private static Optional<Proxy> proxy(Fields root, Paths paths) {
        if (!root.has("proxy")) {
            return Optional.empty();
        }
        Fields fields = root.section("proxy", Section.PROXY);
        Proxy proxy = new Proxy(
                address(fields, "http", paths), address(fields, "https", paths), fields.list("no-proxy", Kinds.DIRECT));
        if (!fields.has("http") && !fields.has("https")) {
            fields.mistakes()
                    .add(
                            fields.at(),
                            "proxy names no proxy",
                            "nothing would go through one",
                            "add https: http://HOST:PORT, or take the section out");
        }
        return Optional.of(proxy);
    }

    /** An address as it stands, or the source of one that holds a login. */
    private static Optional<SecretSource> address(Fields fields, String key, Paths paths) {
        Optional<Tree> value = fields.value(key);
        if (value.isPresent() && value.get() instanceof Tree.Pairs) {
            return SourceSection.read(fields.path(key), value.get(), fields.mistakes(), paths);
        }
        return fields.one(key, Kinds.PROXY).map(url -> new SecretSource.Said(url.toString()));
    }
}

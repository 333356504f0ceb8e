package homelab.inventory;

import homelab.model.ChartRelease;
import homelab.model.Gitops;
import homelab.model.Gitops.Entry;
import homelab.model.SecretSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** {@code gitops:}, the repository from which Argo CD brings Applications into the cluster. */
final class GitopsSection {
    private final Fields fields;
    private final Paths paths;

    private GitopsSection(Fields fields, Paths paths) {
        this.fields = fields;
        this.paths = paths;
    }

    /** Empty when it is absent, or when something is missing or wrong; then a mistake was noted. */
    static Optional<Gitops> read(Fields root, List<ChartRelease> releases, Paths paths) {
        if (!root.has("gitops")) {
            return Optional.empty();
        }
        GitopsSection section = new GitopsSection(root.section("gitops", Section.GITOPS), paths);
        Optional<Gitops> gitops = section.gitops();
        gitops.ifPresent(found -> GitopsChecks.check(section.fields, found, releases));
        return gitops;
    }

    private Optional<Gitops> gitops() {
        Optional<String> repo = fields.one("repo", Kinds.REPOSITORY);
        Optional<String> path = fields.one("path", Kinds.FOLDER);
        Optional<String> revision = fields.one("revision", Kinds.REVISION, "HEAD");
        Optional<String> project = fields.one("project", Kinds.NAMESPACE, "default");
        Optional<String> name = fields.one("name", Kinds.APPLICATION, "root");
        Optional<Gitops.Login> login = login();
        // Read in any case, so that all mistakes are told at once.
        Entry root = entry(fields, name.orElse("root"), path.orElse("."), 0);
        List<Entry> layers = layers(root);
        return repo.isEmpty() || path.isEmpty() || name.isEmpty()
                ? Optional.empty()
                : Optional.of(new Gitops(
                        repo.get(), revision.orElse("HEAD"), project.orElse("default"), login, root, layers));
    }

    private static Entry entry(Fields fields, String name, String path, int wave) {
        return new Entry(
                name,
                path,
                wave,
                fields.one("prune", Kinds.FLAG, false).orElse(false),
                fields.one("self-heal", Kinds.FLAG, true).orElse(true),
                fields.one("resources-finalizer", Kinds.FLAG, false).orElse(false));
    }

    /** Waves follow the order of the file unless they are said. */
    private List<Entry> layers(Entry root) {
        List<Entry> layers = new ArrayList<>();
        Set<String> taken = new TreeSet<>(Set.of(root.name()));
        fields.named("layers", Section.GITOPS_LAYER).forEach((name, layer) -> {
            String usual = root.path().equals(".") ? name : root.path() + "/" + name;
            int wave = layer.one("wave", Kinds.WAVE, layers.size() + 1).orElse(0);
            if (named(layer, name, taken)) {
                layer.one("path", Kinds.FOLDER, usual).ifPresent(path -> layers.add(entry(layer, name, path, wave)));
            }
        });
        return layers;
    }

    private boolean named(Fields layer, String name, Set<String> taken) {
        try {
            Gitops.requireName(name);
        } catch (IllegalArgumentException e) {
            String why = String.valueOf(e.getMessage());
            fields.mistakes().add(layer.at(), layer.path() + " cannot be an Application's name", why, "rename it");
            return false;
        }
        if (!taken.add(name)) {
            fields.mistakes().add(layer.at(), layer.path() + " is there twice", "the root has that name", "rename it");
            return false;
        }
        return true;
    }

    private Optional<Gitops.Login> login() {
        if (!fields.has("credentials")) {
            return Optional.empty();
        }
        Fields login = fields.section("credentials", Section.CREDENTIALS);
        Optional<SecretSource> password = source(login, "password");
        Optional<SecretSource> key = source(login, "ssh-key");
        if (login.has("password") == login.has("ssh-key")) {
            String why = "a repository is opened by a password (or token) or by a key of SSH";
            fields.mistakes().add(login.at(), login.path() + " names not exactly one", why, "give password or ssh-key");
        }
        // Hosts of Git take any name beside a token.
        Optional<String> username = login.one("username", Kinds.TEXT, "git");
        return password.<Gitops.Login>map(found -> new Gitops.Login.Password(username.orElse("git"), found))
                .or(() -> key.map(Gitops.Login.Key::new));
    }

    private Optional<SecretSource> source(Fields login, String key) {
        return login.value(key).flatMap(value -> SourceSection.read(login.path(key), value, fields.mistakes(), paths));
    }
}

package homelab.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The repository from which Argo CD brings Applications into the cluster, and the Applications by which it begins.
 *
 * @param repo its address, without a login
 * @param revision a branch, tag or commit
 * @param project of Argo CD, to which root and layers belong
 * @param login what opens the repository, if it is not open to all
 * @param root reads what lies at its path itself, not in folders below
 * @param layers in the order of the file
 */
public record Gitops(
        String repo, String revision, String project, Optional<Login> login, Entry root, List<Entry> layers) {

    /**
     * One Application that is made from the inventory, not by another.
     *
     * @param path in the repository, "clusters/home"
     * @param wave lower ones come first; one begins when all of the one before are healthy
     * @param prune whether what Git no longer has is deleted in the cluster
     * @param selfHeal whether what somebody changed in the cluster is set back
     * @param cascade whether its deletion deletes what it manages
     */
    public record Entry(String name, String path, int wave, boolean prune, boolean selfHeal, boolean cascade) {
        public Entry {
            requireName(name);
            requirePath(path);
        }
    }

    /** What opens the repository. */
    public sealed interface Login {
        record Password(String username, SecretSource password) implements Login {}

        /** @param key a private key of SSH */
        record Key(SecretSource key) implements Login {}
    }

    public Gitops {
        requireRepository(repo);
        layers = List.copyOf(layers);
    }

    /** Root first. */
    public List<Entry> entries() {
        return Stream.concat(Stream.of(root), layers.stream()).toList();
    }

    /** @throws IllegalArgumentException when it cannot name an Application */
    public static String requireName(String name) {
        if (!name.matches("[a-z0-9]([-a-z0-9]{0,51}[a-z0-9])?")) {
            throw new IllegalArgumentException("'" + name + "' is not 1 to 53 of a-z, 0-9 and '-'");
        }
        return name;
    }

    /** @throws IllegalArgumentException when it is no folder inside a repository */
    public static String requirePath(String path) {
        boolean climbs = Stream.of(path.split("/", -1)).anyMatch(part -> part.isEmpty() || part.equals(".."));
        if (!path.equals(".") && (climbs || !path.matches("[A-Za-z0-9._][A-Za-z0-9._/-]{0,200}"))) {
            throw new IllegalArgumentException("'" + path + "' is not a folder inside the repository");
        }
        return path;
    }

    /** @throws IllegalArgumentException when it is no address that git and Argo CD both take, or holds a login */
    public static String requireRepository(String repo) {
        if (repo.matches("https?://[^/]*@.*") || repo.matches("[a-z]+://[^/@]*:[^/@]*@.*")) {
            throw new IllegalArgumentException("it holds a login; an inventory holds no secrets");
        }
        if (!repo.matches("(https?|ssh|git)://[^\\s/]+/\\S+|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:\\S+")) {
            throw new IllegalArgumentException("'" + repo + "' is neither https://HOST/PATH nor git@HOST:PATH");
        }
        return repo;
    }
}

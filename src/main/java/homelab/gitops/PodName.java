package homelab.gitops;

/** A pod that something is asked in. */
public record PodName(String namespace, String name) {
    private static final String NAME = "[a-z0-9]([a-z0-9.-]*[a-z0-9])?";

    public PodName {
        if (!namespace.matches(NAME) || !name.matches(NAME)) {
            throw new IllegalArgumentException("no name of a pod: " + namespace + "/" + name);
        }
    }
}

package homelab.model;

/** A Kubernetes label: a key of the form {@code [prefix/]name} and a value of at most 63 characters. */
public record Label(String key, String value) {
    static final String NAME = "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";
    static final String KEY = "([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?" + NAME;

    public Label {
        if (!key.matches(KEY)) {
            throw new IllegalArgumentException("'" + key + "' is not a label key ([prefix/]name)");
        }
        if (!value.isEmpty() && !value.matches(NAME)) {
            throw new IllegalArgumentException("'" + value + "' is not a label value (63 of A-Za-z0-9 - _ .)");
        }
    }

    @Override
    public String toString() {
        return key + "=" + value;
    }
}

package homelab.model;

import java.util.regex.Pattern;

/** A host name that Kubernetes takes as a node's: an RFC 1123 label, lower case, at most 63 characters. */
public record NodeName(String text) implements Comparable<NodeName> {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    public NodeName {
        if (!LABEL.matcher(text).matches()) {
            throw new IllegalArgumentException("a host name is letters a-z, digits and '-', at most 63, and '" + text
                    + "' is not (RFC 1123; k3s does not start with others)");
        }
    }

    @Override
    public int compareTo(NodeName other) {
        return text.compareTo(other.text);
    }

    // Written out: what a record has of itself is spun when it is first called, some milliseconds of every start.
    @Override
    public boolean equals(Object other) {
        return other instanceof NodeName name && text.equals(name.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}

package homelab.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a node shows to be let into the cluster. k3s knows two forms (docs.k3s.io, k3s token): the password alone, and
 * the full one, {@code K10<SHA-256 of the CA>::<user>:<password>}, by which a node that joins makes sure of whom it
 * joins.
 */
public record ClusterToken(Secret text) {
    private static final Pattern FULL = Pattern.compile("K10[0-9a-f]{64}::[a-z]+:(.+)");

    /** The form without the CA; the only one that the server which makes the CA can be given. */
    public Secret password() {
        Matcher full = FULL.matcher(text.reveal());
        return full.matches() ? new Secret(full.group(1)) : text;
    }

    /** Whether both let a node into the same cluster, whatever their forms. */
    public boolean sameAs(ClusterToken other) {
        return password().equals(other.password());
    }
}

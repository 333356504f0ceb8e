package homelab.doctor;

import java.util.List;
import java.util.stream.Stream;

/**
 * Objects that are asked of the API, all of one kind.
 *
 * @param name plural, as kubectl has it: "pods"
 * @param path where the API lists them in all namespaces
 * @param fields what is kept of each, e.g. {@code spec.containers.resources}; a path keeps all below it, and goes through
 *     the items of arrays; of one that ends with '?' only is kept that it is there, of a list of words with '~' behind it those that begin with what
 *     follows. What is not named here never gets into a snapshot: no Secret's data, no variable's value
 */
public record Listing(String name, String path, List<String> fields) {
    /** Why nothing is known of objects whose kind the cluster does not have. */
    public static final String NOT_INSTALLED = "not installed";

    public Listing {
        fields = List.copyOf(fields);
    }

    /** The same objects, with what either keeps. */
    Listing and(Listing other) {
        return new Listing(
                name,
                path,
                Stream.concat(fields.stream(), other.fields.stream()).distinct().toList());
    }
}

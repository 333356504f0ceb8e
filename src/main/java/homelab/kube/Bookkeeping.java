package homelab.kube;

import homelab.resource.NodeView;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which keys on a Node are ours, kept on the Node itself: only by that can a label that left the inventory be told from one
 * that somebody else set.
 */
public final class Bookkeeping {
    /** Annotation: the keys of our labels, joined by commas. */
    public static final String LABELS = NodeView.OUR_LABELS;
    /** Annotation: the keys of our taints, joined by commas. */
    public static final String TAINTS = NodeView.OUR_TAINTS;

    private Bookkeeping() {}

    /** @param annotation its value; empty text when there is none */
    public static Set<String> keys(String annotation) {
        return Arrays.stream(annotation.split(","))
                .filter(key -> !key.isBlank())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The value after some keys were dropped and others set. */
    static String after(String annotation, Collection<String> dropped, Collection<String> set) {
        Set<String> keys = keys(annotation);
        keys.removeAll(dropped);
        keys.addAll(set);
        return String.join(",", keys);
    }
}

package homelab.snapshot;

import homelab.model.NodeName;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where sealed copies of snapshots lie, away from the server that took them. */
public sealed interface Place {

    /** Its folder, written out. */
    default String location() {
        return toString();
    }

    /** A folder of this machine. */
    record Here(Path folder) implements Place {
        @Override
        public String toString() {
            return folder.toString();
        }
    }

    /** A folder of a node, absolute there. */
    record OnNode(NodeName node, String folder) implements Place {
        /** Of homelab's own; outside of what a reset of the node takes away. */
        public static final String USUAL = "/srv/homelab-snapshots";

        @Override
        public String location() {
            return node + ":" + folder;
        }

        @Override
        public String toString() {
            return folder.equals(USUAL) ? node.text() : location();
        }
    }

    /**
     * What is in a bucket of the storage that the inventory names.
     *
     * @param begin of all its keys; ends with a slash unless it is empty
     */
    record InBucket(String bucket, String begin) implements Place {
        @Override
        public String toString() {
            return ("s3://" + bucket + "/" + begin).replaceFirst("/$", "");
        }
    }

    /**
     * As it is typed: a bucket as {@code s3://BUCKET/PREFIX}, a node, a folder of one as {@code NODE:/FOLDER}, else a folder here.
     *
     * @param nodes the names of the inventory's
     * @param folder against which a relative one is taken
     * @throws Failure with exit USAGE for a node that there is not, or a folder that cannot be one
     */
    static Place parse(String text, Set<String> nodes, Path folder) {
        if (nodes.contains(text)) {
            return new OnNode(new NodeName(text), OnNode.USUAL);
        }
        if (text.startsWith("s3:")) {
            return bucket(text);
        }
        Matcher there = Pattern.compile("([A-Za-z0-9][A-Za-z0-9.-]*):(.*)").matcher(text);
        if (!there.matches()) {
            return new Here(folder.resolve(text).normalize());
        }
        if (!nodes.contains(there.group(1))) {
            throw refused(text, "the inventory has no node " + there.group(1), "there are " + String.join(", ", nodes));
        }
        String path = there.group(2).replaceFirst("/+$", "");
        if (!path.matches("(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}){1,10}")) {
            throw refused(
                    text,
                    "'" + there.group(2) + "' is no absolute path",
                    "write " + there.group(1) + ":/srv/snapshots");
        }
        if ((path + "/").matches("/(var/lib/rancher|tmp|run|proc|sys|dev)/.*")) {
            throw refused(
                    text,
                    "what lies there goes with k3s, or with the next boot",
                    "write " + there.group(1) + ":/srv/snapshots");
        }
        return new OnNode(new NodeName(there.group(1)), path);
    }

    private static Place bucket(String text) {
        Matcher words = Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:/[A-Za-z0-9._-]{1,100}){0,10})/?")
                .matcher(text);
        if (!words.matches()) {
            throw refused(text, "it is not written as a bucket and a prefix are", "write s3://BUCKET/PREFIX");
        }
        String prefix = words.group(2).replaceFirst("^/", "");
        return new InBucket(words.group(1), prefix.isEmpty() ? "" : prefix + "/");
    }

    private static Failure refused(String text, String why, String fix) {
        return new Failure(Exit.USAGE, Problem.of("'" + text + "' is no place for snapshots", why, fix));
    }
}

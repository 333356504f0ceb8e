package homelab.backup;

import homelab.model.Backup;
import homelab.model.NodeName;
import java.util.Optional;

/**
 * Something that is copied.
 *
 * @param kind "claim" or "dir"
 * @param name {@code NAMESPACE/CLAIM}, or the folder
 * @param path where it lies on its node
 * @param how what is done so that nobody writes meanwhile
 * @param last the newest copy that its node knows of
 */
public record Covered(
        NodeName node, String kind, String name, String path, Backup.Place to, How how, Optional<Last> last) {

    /** What is done so that nobody writes meanwhile. */
    public enum How {
        AS_FOUND("as found"),
        PAUSED("paused"),
        FROZEN("frozen");

        private final String words;

        How(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** A copy that goes with the original. */
    public boolean beside() {
        return to.node().equals(node);
    }
}

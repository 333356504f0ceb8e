package homelab.snapshot;

import homelab.model.NodeName;
import java.time.Instant;
import java.util.Optional;

/**
 * A snapshot that is somewhere.
 *
 * @param name of its file, as k3s names it: {@code NAME-NODE-SECONDS}
 * @param server on whose disk it lies, or who sent it to S3
 * @param place its folder on that disk, or where in S3
 * @param about what was written down beside it; empty for those that k3s takes by itself
 */
public record Taken(String name, NodeName server, String place, long bytes, Instant at, Optional<About> about) {

    /** Whether it would outlive the server. */
    public boolean isElsewhere() {
        return place.startsWith("s3:");
    }

    /** Compressed ones carry no sum that could be checked without unpacking them. */
    public boolean isCompressed() {
        return name.endsWith(".zip");
    }

    public String path() {
        return place + "/" + name;
    }
}

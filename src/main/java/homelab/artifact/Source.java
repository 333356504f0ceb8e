package homelab.artifact;

import java.net.URI;
import java.util.Optional;

/**
 * Where a file is really had.
 *
 * @param authorization the header of that name, for this host alone: a storage that it sends us on to must not get it
 */
record Source(URI uri, Optional<String> authorization) {

    static Source open(URI uri) {
        return new Source(uri, Optional.empty());
    }

    /** Without what lets us in. */
    @Override
    public String toString() {
        return uri.toString();
    }
}

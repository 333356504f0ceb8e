package homelab.snapshot;

import java.time.Instant;
import java.util.Optional;

/**
 * A sealed copy of a snapshot that lies somewhere.
 *
 * @param name of the snapshot in it
 * @param bytes how many of it are there
 * @param at when its snapshot was taken; when the copy was written where nothing was noted
 * @param note what was written down beside it; empty for those of other hands
 */
public record Copy(String name, Place place, long bytes, Instant at, Optional<CopyNote> note) {
    /** How the name of its file ends. */
    public static final String END = ".age";

    public static Copy of(String name, Place place, long bytes, Instant written, Optional<CopyNote> note) {
        return new Copy(name, place, bytes, note.map(CopyNote::taken).orElse(written), note);
    }

    /** Whether some of it is missing, as far as its length tells. */
    public boolean isCut() {
        return note.filter(noted -> noted.bytes() != bytes).isPresent();
    }

    public String file() {
        return name + END;
    }

    /** How it is named to people. */
    public String path() {
        return place.location() + "/" + file();
    }
}

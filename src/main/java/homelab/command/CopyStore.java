package homelab.command;

import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.snapshot.Copy;
import homelab.snapshot.CopyNote;
import homelab.snapshot.Place;
import java.nio.file.Path;
import java.util.List;

/** A place in which sealed copies of snapshots are kept. Every call throws a Failure when the place is not to be had. */
interface CopyStore {

    Place place();

    List<Copy> copies();

    /** Whether what lies there is, to the last byte, what the note says. */
    boolean isIntact(Copy copy);

    /** @throws Failure with exit REFUSED when so much more does not fit */
    void refuseWithoutRoom(String name, long bytes);

    /** Whole or not at all, in place of one of the same name. */
    void put(Path sealed, String name, CopyNote note);

    /** Brings it into a file here, as it is. */
    void get(Copy copy, Path into);

    /** The copy and its note. */
    void delete(Copy copy);

    /** What stays free beside a copy, in bytes: a full disk stops more than this. */
    long SPARE = 64L << 20;

    static void refuseWithoutRoom(Place place, String name, long bytes, long free) {
        if (free < bytes + SPARE) {
            throw new Failure(
                    Exit.REFUSED,
                    Problem.of(
                            place + ": no room for " + name,
                            "it takes " + (bytes >> 20) + " MiB, 64 are to stay free, and " + (free >> 20)
                                    + " are there",
                            "free some, name another place with --to, or delete an older copy: homelab snapshot delete"
                                    + " NAME --from " + place));
        }
    }
}

package homelab.command;

import java.util.List;

/** What is done with snapshots, by the word that is typed. */
enum SnapshotDeed {
    list,
    save,
    check,
    pull,
    push,
    delete,
    restore,
    drill;

    /** Whether one is meant that must be named. */
    boolean names() {
        return List.of(push, delete, restore).contains(this);
    }

    /** Whether a copy that lies away is all it needs, and no server. */
    boolean isOfCopies() {
        return List.of(list, check, pull, delete).contains(this);
    }

    /** Whether nobody is asked before. */
    boolean isHarmless() {
        return this == save || this == drill;
    }
}

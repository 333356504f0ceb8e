package homelab.command;

import homelab.model.Node;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.snapshot.Copy;
import homelab.snapshot.CopyNote;
import homelab.snapshot.Place;
import homelab.snapshot.Taken;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is done with the sealed copies that lie in one place. */
record SnapshotAway(Io io, Job job, CopyStore store, Optional<Path> identity) {

    static SnapshotAway at(Io io, Job job, Place place, Optional<Path> identity) {
        return new SnapshotAway(io, job, new SnapshotStores(io, job).of(place), identity);
    }

    List<Copy> copies() {
        return SnapshotStores.newestFirst(store.copies());
    }

    /** The one whose name it is, or begins so; without a name the newest. @throws Failure with exit USAGE */
    Copy chosen(Optional<String> name) {
        List<Copy> all = copies();
        List<Copy> found = name.map(wanted -> named(all, wanted))
                .orElseGet(() -> all.stream().limit(1).toList());
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new Failure(
                Exit.USAGE,
                Problem.of(
                        found.isEmpty()
                                ? "there is no sealed copy "
                                        + name.map(text -> "of '" + text + "' ").orElse("") + "in " + store.place()
                                : "which one is meant is not clear",
                        "there are "
                                + (found.isEmpty()
                                        ? all.size()
                                        : found.stream().map(Copy::name).collect(Collectors.joining(", "))),
                        "homelab snapshot list --from " + store.place() + " tells their names"));
    }

    private static List<Copy> named(List<Copy> all, String name) {
        List<Copy> exactly = all.stream().filter(one -> one.name().equals(name)).toList();
        return exactly.isEmpty()
                ? all.stream().filter(one -> one.name().startsWith(name)).toList()
                : exactly;
    }

    /** Reads all of it. @throws Failure with exit FAILED when it is not whole */
    Copy checked(Optional<String> name) {
        Copy copy = chosen(name);
        try (Scratch sealed = stores().scratch()) {
            SnapshotStores.fetch(store, copy, sealed.file());
        }
        return copy;
    }

    /** As it is, still sealed, to another place. */
    Exit bring(Optional<String> name, Place to) {
        Copy copy = chosen(name);
        CopyStore other = stores().of(to);
        try (Scratch sealed = stores().scratch()) {
            SnapshotStores.fetch(store, copy, sealed.file());
            CopyNote note = copy.note().orElseGet(() -> note(copy, sealed.file()));
            boolean there = other.copies().stream()
                    .anyMatch(one -> one.name().equals(copy.name())
                            && one.note().filter(note::equals).isPresent()
                            && other.isIntact(one));
            if (!there) {
                other.refuseWithoutRoom(copy.name(), copy.bytes());
                other.put(sealed.file(), copy.name(), note);
            }
            job.quiet();
            io.out().println(to.location() + "/" + copy.file());
            io.err().println(there ? "nothing to do: it is there, and its sum fits" : "as it was sealed");
            return Exit.DONE;
        }
    }

    /** For one of other hands. */
    private static CopyNote note(Copy copy, Path sealed) {
        return new CopyNote(copy.at(), copy.bytes(), SnapshotStores.sum(sealed), List.of("-"));
    }

    Exit delete(String name, Consent consent, boolean dryRun) {
        Copy copy = chosen(Optional.of(name));
        job.quiet();
        io.err().println("deletes " + copy.path() + ", of " + copy.at());
        if (!dryRun) {
            consent.ask(io, "");
            store.delete(copy);
            io.err().println("deleted");
        }
        return Exit.DONE;
    }

    /** In the clear, for as long as it is open. */
    SnapshotFile opened(Copy copy) {
        try (Scratch sealed = stores().scratch()) {
            SnapshotStores.fetch(store, copy, sealed.file());
            return SnapshotFile.open(io, job.cluster().name(), sealed.file(), copy, identity);
        }
    }

    /**
     * On a server, where it can be restored; laid there unless one has it.
     *
     * @param looks whether nothing may be changed
     * @throws Failure with exit REFUSED when it would have to be laid there all the same
     */
    Taken onServer(String name, Node server, boolean looks) {
        Copy copy = chosen(Optional.of(name));
        SnapshotShelf shelf = new SnapshotShelf(job);
        Optional<Taken> there = shelf.all().stream()
                .filter(one -> one.name().equals(copy.name()) && !one.isElsewhere())
                .findFirst();
        if (there.isEmpty() && looks) {
            throw new Failure(
                    Exit.REFUSED,
                    Problem.of(
                            copy.name() + " lies on no server",
                            "what a restore of it would do is seen on one only",
                            "homelab snapshot push " + copy.name() + " --from " + store.place()
                                    + ", which changes nothing else"));
        }
        if (there.isEmpty()) {
            try (SnapshotFile file = opened(copy)) {
                new SnapshotPush(io, job).lay(file, server);
            }
        }
        return there.orElseGet(() -> shelf.named(copy.name()));
    }

    private SnapshotStores stores() {
        return new SnapshotStores(io, job);
    }
}

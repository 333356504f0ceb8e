package homelab.command;

import homelab.host.Host;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.resource.Sh;
import homelab.snapshot.Copy;
import homelab.snapshot.CopyNote;
import homelab.snapshot.Place;
import homelab.snapshot.Sealed;
import homelab.snapshot.SnapshotLook;
import homelab.snapshot.Taken;
import java.util.List;
import java.util.Set;

/** Brings a snapshot and what belongs to it from its server to another place, sealed on the way. */
record SnapshotPull(Io io, Job job, SnapshotStores stores) {
    /** What sealing adds at most: age writes 16 bytes for each 64 KiB, and a line for each key. */
    private static final long SEAL = 64 * 1024;

    /** @param recipients for whom it is sealed; for homelab's own key when there are none */
    Exit bring(Taken snapshot, Place to, List<String> recipients) {
        refuse(snapshot, to);
        CopyStore store = stores.of(to);
        List<String> sealedFor = recipients.isEmpty()
                ? List.of(SnapshotKey.of(io, job.cluster().name()).orMade(io).recipient())
                : recipients;
        boolean there = isThere(store, snapshot, sealedFor);
        if (!there) {
            seal(snapshot, store, sealedFor);
        }
        Host host = job.workshop().fleet().host(snapshot.server());
        SnapshotSeal.run(host, "write down", pulled(snapshot));
        job.quiet();
        io.out().println(to.location() + "/" + snapshot.name() + Copy.END);
        io.err()
                .println((there ? "nothing to do: it is there, its sum fits, and it is " : "") + "sealed for "
                        + String.join(", ", sealedFor));
        return Exit.DONE;
    }

    private static void refuse(Taken snapshot, Place to) {
        if (snapshot.isElsewhere()) {
            throw new Failure(
                    Exit.REFUSED,
                    Problem.of(snapshot.name() + " lies in S3", "", "fetch it from there: " + snapshot.place()));
        }
        if (to instanceof Place.OnNode there && there.node().equals(snapshot.server())) {
            throw new Failure(
                    Exit.REFUSED,
                    Problem.of(
                            snapshot.name() + " lies on " + there.node() + " already",
                            "a copy beside it would be lost with it",
                            "name another node, or leave out --to"));
        }
    }

    private static boolean isThere(CopyStore store, Taken snapshot, List<String> sealedFor) {
        return store.copies().stream()
                .filter(copy -> copy.name().equals(snapshot.name()) && !copy.isCut())
                .anyMatch(copy -> copy.note()
                                .filter(note -> fits(note, snapshot, sealedFor))
                                .isPresent()
                        && store.isIntact(copy));
    }

    private static boolean fits(CopyNote note, Taken snapshot, List<String> sealedFor) {
        return note.taken().equals(snapshot.at())
                && Set.copyOf(note.sealedFor()).equals(Set.copyOf(sealedFor));
    }

    private void seal(Taken snapshot, CopyStore store, List<String> sealedFor) {
        try (SnapshotSeal.Packed packed = new SnapshotSeal(job).packed(snapshot);
                Scratch sealed = stores.scratch()) {
            long most = packed.bytes() + packed.bytes() / 4096 + SEAL;
            stores.of(stores.usual()).refuseWithoutRoom(snapshot.name(), most);
            store.refuseWithoutRoom(snapshot.name(), most);
            store.put(sealed.file(), snapshot.name(), SnapshotSeal.sealed(packed, snapshot, sealed.file(), sealedFor));
        }
    }

    /** Before any host is reached. @throws Failure with exit USAGE for what is no key */
    static void refuseOtherThanKeys(List<String> recipients) {
        recipients.stream().filter(key -> !Sealed.isRecipient(key)).forEach(key -> {
            throw new Failure(
                    Exit.USAGE,
                    Problem.of(
                            "'" + key + "' is no key of age",
                            "one begins with age1 and has 62 characters",
                            "age-keygen makes one, and prints it"));
        });
    }

    /** For doctor, which cannot see what lies elsewhere. */
    private static String pulled(Taken snapshot) {
        long second = snapshot.at().getEpochSecond();
        return """
                file=%3$s
                read -r last more 2>/dev/null <$file || last=0
                [ "${last:-0}" -ge %1$d ] || { echo %2$s >$file.part && mv $file.part $file; }
                """.formatted(second, Sh.quote(second + " " + snapshot.name()), SnapshotLook.PULLED);
    }
}

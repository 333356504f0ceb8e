package homelab.command;

import homelab.inventory.SecretReader;
import homelab.model.NodeName;
import homelab.model.S3;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.run.Parallel;
import homelab.s3.Bucket;
import homelab.s3.Credentials;
import homelab.snapshot.Copy;
import homelab.snapshot.CopyLook;
import homelab.snapshot.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The places in which sealed copies of a cluster's snapshots lie. */
record SnapshotStores(Io io, Job job) {

    /** Where copies come to when no place is named. */
    Place.Here usual() {
        return new Place.Here(io.xdg("XDG_DATA_HOME", ".local/share")
                .resolve(job.cluster().name())
                .resolve("snapshots"));
    }

    /** @throws Failure with exit BLIND when it is a node that does not answer */
    CopyStore of(Place place) {
        if (place instanceof Place.OnNode there) {
            refuseAway(there.node());
            return new NodeStore(job.workshop().fleet().host(there.node()), there);
        }
        return place instanceof Place.InBucket there ? bucket(there) : new LocalStore((Place.Here) place);
    }

    /** @throws Failure with exit USAGE when the inventory names no storage, or its keys are not to be had */
    private CopyStore bucket(Place.InBucket place) {
        S3 s3 = job.cluster()
                .k3s()
                .s3()
                .orElseThrow(
                        () -> new Failure(
                                Exit.USAGE,
                                Problem.of(
                                        "the inventory names no storage for " + place,
                                        "k3s.snapshots.s3 is missing: where it is, and where its keys are had",
                                        "k3s: {snapshots: {s3: {endpoint: URL, access-key: {env: NAME}, secret-key: {env: NAME}}}}")));
        Credentials keys = new Credentials(SecretReader.read(s3.accessKey()), SecretReader.read(s3.secretKey()));
        return new BucketStore(new Bucket(s3.endpoint(), s3.region(), place.bucket(), keys), place, this);
    }

    private void refuseAway(NodeName node) {
        Optional.ofNullable(job.workshop().fleet().unreachable().get(node)).ifPresent(away -> {
            throw away;
        });
    }

    /** All that are known of, the newest first: in the usual folder here, and on every node that answers. */
    List<Copy> all() {
        List<Copy> all = new ArrayList<>(of(usual()).copies());
        Map<NodeName, List<Copy>> there = Parallel.allOrFail(Parallel.each(
                job.workshop().fleet().hosts().keySet(),
                node -> NodeStore.copies(job.workshop().fleet().host(node), CopyLook.all(node))));
        there.values().forEach(all::addAll);
        return newestFirst(all);
    }

    static List<Copy> newestFirst(List<Copy> copies) {
        return copies.stream().sorted(Comparator.comparing(Copy::at).reversed()).toList();
    }

    /** A file for what is sealed, on its way. */
    Scratch scratch() {
        Path folder = usual().folder();
        try {
            Files.createDirectories(folder);
            return Scratch.in(folder);
        } catch (IOException e) {
            throw new Failure(
                    Exit.FAILED,
                    Problem.of(
                            folder + " cannot be written",
                            String.valueOf(e.getMessage()),
                            "set XDG_DATA_HOME to a folder that you may write"),
                    e);
        }
    }

    /** Into a file here. @throws Failure with exit FAILED when it is not what was written down beside it */
    static void fetch(CopyStore store, Copy copy, Path into) {
        if (!copy.isCut()) {
            store.get(copy, into);
        }
        copy.note()
                .filter(note -> copy.isCut() || !note.sha256().equals(sum(into)))
                .ifPresent(note -> {
                    throw new Failure(
                            Exit.FAILED,
                            Problem.of(
                                    copy.path() + " is not whole",
                                    copy.isCut()
                                            ? "it has " + copy.bytes() + " bytes, and " + note.bytes() + " were written"
                                            : "its sum is not the one written down beside it: it was changed since",
                                    "take another copy; the same command as it was pulled with puts a whole one in its place"));
                });
    }

    static String sum(Path file) {
        try {
            return LocalStore.sum(file);
        } catch (IOException e) {
            throw new Failure(Exit.FAILED, Problem.of(file + " cannot be read", String.valueOf(e.getMessage()), ""), e);
        }
    }
}

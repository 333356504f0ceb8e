package homelab.command;

import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.run.Parallel;
import homelab.s3.Bucket;
import homelab.s3.Item;
import homelab.snapshot.Copy;
import homelab.snapshot.CopyNote;
import homelab.snapshot.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Sealed copies in a bucket. */
record BucketStore(Bucket bucket, Place.InBucket place, SnapshotStores stores) implements CopyStore {
    /** More than that a storage does not take in one piece (Amazon S3, "Uploading objects"). */
    private static final long MOST = 5L << 30;

    @Override
    public List<Copy> copies() {
        Map<String, Item> items = bucket.list(place.begin()).stream()
                .collect(Collectors.toMap(Item::key, Function.identity(), (one, other) -> one));
        List<Item> copies = items.values().stream().filter(this::isCopy).toList();
        return Parallel.allOrFail(Parallel.each(
                        copies, item -> copy(item, items.containsKey(item.key() + CopyNote.END))))
                .values()
                .stream()
                .toList();
    }

    /** What lies in folders below is another place's. */
    private boolean isCopy(Item item) {
        return item.key().endsWith(Copy.END)
                && item.key().indexOf('/', place.begin().length()) < 0;
    }

    private Copy copy(Item item, boolean noted) {
        String name = item.key().substring(place.begin().length(), item.key().length() - Copy.END.length());
        Optional<CopyNote> note =
                noted ? CopyNote.parse(bucket.text(item.key() + CopyNote.END).stripTrailing()) : Optional.empty();
        return Copy.of(name, place, item.bytes(), item.written(), note);
    }

    private String key(String name) {
        return place.begin() + name + Copy.END;
    }

    /** The storage has proved the sum when it took it; to read all of it again would cost as much as to send it. */
    @Override
    public boolean isIntact(Copy copy) {
        return copy.note().isPresent() && !copy.isCut();
    }

    @Override
    public void refuseWithoutRoom(String name, long bytes) {
        if (bytes > MOST) {
            throw new Failure(
                    Exit.REFUSED,
                    Problem.of(
                            name + " is too large for one object",
                            "it has " + (bytes >> 20) + " MiB, and a storage takes " + (MOST >> 20),
                            "bring it to a node or a folder with --to"));
        }
    }

    @Override
    public void put(Path sealed, String name, CopyNote note) {
        bucket.delete(key(name) + CopyNote.END);
        bucket.put(key(name), sealed);
        try (Scratch written = stores.scratch()) {
            Files.writeString(written.file(), note.file(name + Copy.END));
            bucket.put(key(name) + CopyNote.END, written.file());
        } catch (IOException e) {
            throw new Failure(
                    Exit.FAILED, Problem.of("the note of " + name + " cannot be written", "" + e.getMessage(), ""), e);
        }
    }

    @Override
    public void get(Copy copy, Path into) {
        bucket.get(key(copy.name()), into, copy.bytes());
    }

    @Override
    public void delete(Copy copy) {
        bucket.delete(key(copy.name()));
        bucket.delete(key(copy.name()) + CopyNote.END);
    }
}

package homelab.artifact;

import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * One file with all that a cluster is made of, to be carried to a machine without a line to the outside: an uncompressed
 * zip that begins with the list of what is in it, {@code SHA256 GROUP NAME} a line.
 */
public record Bundle(Path file) {
    private static final String LIST = "homelab-bundle-v1";
    private static final String LINE = "[0-9a-f]{64} [A-Za-z0-9][A-Za-z0-9._+-]* [A-Za-z0-9][A-Za-z0-9._+-]*";

    /** @throws Failure when a file is not in the cache, or not what its sum says */
    public void write(List<Pinned> wanted, Cache cache) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part));
                    ZipOutputStream zip = new ZipOutputStream(out)) {
                zip.setLevel(0);
                zip.putNextEntry(new ZipEntry(LIST));
                for (Pinned one : wanted) {
                    String line = one.sha256() + " " + one.group() + " " + one.name() + "\n";
                    zip.write(line.getBytes(StandardCharsets.UTF_8));
                }
                for (Pinned one : wanted) {
                    put(zip, one, cache);
                }
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw fault("cannot write " + file, e);
        }
    }

    private static void put(ZipOutputStream zip, Pinned one, Cache cache) throws IOException {
        Path cached = cache.artifact(one.name(), one.sha256()).cached();
        if (!Files.isRegularFile(cached)) {
            throw new Failure(
                    Exit.FAILED,
                    Problem.of(
                            one.name() + " of " + one.group() + " is not in the cache",
                            "there is no " + cached,
                            "homelab artifacts pull"));
        }
        String is = Hash.of(cached);
        if (!is.equals(one.sha256())) {
            throw tampered(
                    cached.toString(), one.sha256(), is, "homelab artifacts verify, then homelab artifacts pull");
        }
        zip.putNextEntry(new ZipEntry(one.sha256() + "/" + one.name()));
        Files.copy(cached, zip);
    }

    /**
     * Brings what it holds into the cache, each file verified before it is kept, and pins what the inventory has not
     * pinned yet.
     *
     * @throws Failure naming the file and both sums when one is not what the bundle, or the lock file, says
     */
    public List<Pinned> read(Cache cache, Path inventory) {
        Pins pins = Pins.beside(inventory);
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            List<Pinned> held = list(zip);
            held.forEach(one -> agree(one, pins));
            Map<String, Pinned> missing = new HashMap<>();
            held.forEach(one -> missing.put(one.sha256() + "/" + one.name(), one));
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Pinned one = missing.remove(entry.getName());
                if (one == null) {
                    throw broken("it holds '" + entry.getName() + "', which its list has not");
                }
                keep(zip, one, cache);
            }
            if (!missing.isEmpty()) {
                throw broken(missing.keySet().iterator().next() + " is in its list and not in it");
            }
            Map<String, Map<String, String>> groups = new TreeMap<>();
            held.forEach(one ->
                    groups.computeIfAbsent(one.group(), key -> new TreeMap<>()).put(one.name(), one.sha256()));
            pins.addAll(groups);
            return held;
        } catch (IOException e) {
            throw fault("cannot read " + file, e);
        }
    }

    private List<Pinned> list(ZipInputStream zip) throws IOException {
        ZipEntry first = zip.getNextEntry();
        if (first == null || !first.getName().equals(LIST)) {
            throw broken("it does not begin with " + LIST);
        }
        List<Pinned> held = new ArrayList<>();
        String text = new String(zip.readNBytes(1 << 20), StandardCharsets.UTF_8);
        for (String line : text.lines().toList()) {
            if (!line.matches(LINE)) {
                throw broken("its list has a line that is none");
            }
            String[] words = line.split(" ");
            held.add(new Pinned(words[1], words[2], words[0]));
        }
        return held;
    }

    /** What the inventory has pinned decides, whatever was carried here. */
    private void agree(Pinned one, Pins pins) {
        String pinned = pins.read().getOrDefault(one.group(), Map.of()).getOrDefault(one.name(), one.sha256());
        if (!pinned.equals(one.sha256())) {
            throw tampered(
                    one.name() + " of " + one.group() + " in " + file,
                    pinned,
                    one.sha256(),
                    "the lock file " + pins.file()
                            + " decides; ask whoever made the bundle, nothing was taken from it");
        }
    }

    private void keep(InputStream in, Pinned one, Cache cache) throws IOException {
        Shelf shelf = new Shelf(cache.artifact(one.name(), one.sha256()));
        Files.createDirectories(shelf.folder());
        try {
            Files.copy(in, shelf.part(), StandardCopyOption.REPLACE_EXISTING);
        } catch (ZipException e) {
            // The zip's own sum is wrong at the end of the file: what came is there, and ours tells more.
        }
        String is = Hash.of(shelf.part());
        if (!is.equals(one.sha256())) {
            Files.delete(shelf.part());
            throw tampered(
                    one.name() + " in " + file,
                    one.sha256(),
                    is,
                    "carry the bundle here again; this file was not kept");
        }
        shelf.keep();
    }

    private static Failure tampered(String what, String wanted, String is, String fix) {
        return new Failure(
                Exit.FAILED,
                Problem.of(
                        what + " is not what it should be",
                        "its SHA-256 is " + is + ", and " + wanted + " was wanted",
                        fix));
    }

    private Failure broken(String why) {
        return new Failure(
                Exit.USAGE,
                Problem.of(file + " is no bundle of homelab", why, "make one with homelab artifacts bundle FILE"));
    }

    private static Failure fault(String what, IOException e) {
        return new Failure(
                Exit.FAILED, Problem.of(what, Faults.words(e), "check the path, the room and the rights"), e);
    }
}

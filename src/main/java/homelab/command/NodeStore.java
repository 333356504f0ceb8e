package homelab.command;

import homelab.host.Host;
import homelab.host.Output;
import homelab.host.Script;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.resource.Sh;
import homelab.run.Look;
import homelab.snapshot.Copy;
import homelab.snapshot.CopyLook;
import homelab.snapshot.CopyNote;
import homelab.snapshot.Place;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Sealed copies in a folder of a node, over the connection that is there anyway: nodes need no key of one another. */
record NodeStore(Host host, Place.OnNode place) implements CopyStore {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Override
    public List<Copy> copies() {
        return copies(host, CopyLook.in(place));
    }

    /** What a probe of {@link CopyLook} finds. @throws Failure with exit BLIND when it cannot be seen */
    static List<Copy> copies(Host host, Probe<List<Copy>> probe) {
        Reading<List<Copy>> seen =
                Look.orFail(host, List.of(probe), Script.As.ROOT).of(probe);
        if (seen instanceof Reading.Unknown<List<Copy>> unknown) {
            throw new Failure(
                    Exit.BLIND, Problem.of(host.name() + ": sealed copies could not be looked at", unknown.why(), ""));
        }
        return seen.known().orElseThrow();
    }

    private String file(String name) {
        return place.folder() + "/" + name + Copy.END;
    }

    @Override
    public boolean isIntact(Copy copy) {
        String sum = run("read", "sha256sum <" + Sh.quote(file(copy.name()))).text();
        return copy.note().filter(note -> sum.startsWith(note.sha256())).isPresent();
    }

    @Override
    public void refuseWithoutRoom(String name, long bytes) {
        String kibibytes = run("look at the room for", """
                d=%s
                until [ -d "$d" ]; do d=${d%%/*}; d=${d:-/}; done
                df -Pk "$d" | tail -n 1 | { read -r _ _ _ free _; echo "$free"; }
                """.formatted(Sh.quote(place.folder())))
                .text()
                .strip();
        CopyStore.refuseWithoutRoom(place, name, bytes, Long.parseLong(kibibytes) * 1024);
    }

    /** The note goes first and comes last: what has one was written to its end. Parts of runs that were cut off go too. */
    @Override
    public void put(Path sealed, String name, CopyNote note) {
        run("make room for", """
                mkdir -p -m 700 %1$s
                rm -f %2$s
                find %1$s -maxdepth 1 -name '*.part.*' -mmin +60 -exec rm -f {} +
                """.formatted(Sh.quote(place.folder()), Sh.quote(file(name) + CopyNote.END)));
        host.upload(sealed, file(name), note.sha256(), "0600", Host.Progress.NONE);
        run("write down", """
                set -eu
                umask 077
                note=%1$s
                printf %%s %2$s >"$note.part"
                sync
                mv "$note.part" "$note"
                if [ %3$s != %4$s ] && ! grep -qxF %3$s %5$s 2>/dev/null; then
                  mkdir -p "$(dirname %5$s)"
                  echo %3$s >>%5$s
                fi
                sync
                """.formatted(
                        Sh.quote(file(name) + CopyNote.END),
                        Sh.quote(note.file(name + Copy.END)),
                        Sh.quote(place.folder()),
                        Place.OnNode.USUAL,
                        CopyLook.FOLDERS));
    }

    @Override
    public void get(Copy copy, Path into) {
        try (OutputStream out = Files.newOutputStream(into)) {
            Pieces.copy(host, file(copy.name()), copy.bytes(), out);
        } catch (IOException e) {
            throw new Failure(
                    Exit.FAILED,
                    Problem.of(copy.path() + " could not be brought here", String.valueOf(e.getMessage()), ""),
                    e);
        }
    }

    @Override
    public void delete(Copy copy) {
        run("delete", "rm -f " + Sh.quote(List.of(file(copy.name()), file(copy.name()) + CopyNote.END)) + " && sync");
    }

    private Output run(String what, String script) {
        Output output = host.run(Script.root(what + " a sealed copy", script, LIMIT));
        if (!output.ok()) {
            throw new Failure(
                    Exit.FAILED,
                    Problem.of(
                            host.name() + ": could not " + what + " the sealed copy",
                            output.errors().strip(),
                            "run the same command again when the reason is mended"));
        }
        return output;
    }
}

package homelab.command;

import homelab.artifact.Bundle;
import homelab.artifact.Cache;
import homelab.artifact.Kept;
import homelab.artifact.Pinned;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.report.ProblemText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pinned files of an inventory, as far as they are in the cache of this machine. */
record ArtifactsHere(Io io, Cache cache, Path inventory, ArtifactsTable table) {

    Exit list() {
        Map<String, Kept> kept = table.bySum();
        table.print(Pinned.beside(inventory), one -> whole(kept, one).isPresent() ? "here" : "not here");
        return Exit.DONE;
    }

    private static Optional<Kept> whole(Map<String, Kept> kept, Pinned one) {
        return Optional.ofNullable(kept.get(one.sha256())).filter(Kept::whole);
    }

    /** Every pinned file that is here is read again; a file that is not what its sum says is named with both. */
    Exit verify() {
        Map<String, Kept> kept = table.bySum();
        List<Problem> problems = new ArrayList<>();
        table.print(Pinned.beside(inventory), one -> {
            Optional<Kept> here = whole(kept, one);
            Optional<Problem> tampered = here.flatMap(file -> tampered(one, file));
            tampered.ifPresent(problems::add);
            return tampered.isPresent() ? "TAMPERED" : here.isPresent() ? "as pinned" : "not here";
        });
        io.err().print(new ProblemText(io.errTerminal()).of(problems));
        return problems.isEmpty() ? Exit.DONE : Exit.FAILED;
    }

    private static Optional<Problem> tampered(Pinned one, Kept here) {
        return here.tampered()
                .map(sum -> Problem.of(
                        one.name() + " of " + one.group() + " is not what it should be",
                        "its SHA-256 is " + sum + ", and " + one.sha256() + " is pinned (" + here.folder() + ")",
                        "homelab artifacts pull brings it anew; find out who changed it"));
    }

    Exit bundle(Path file) {
        List<Pinned> pinned = Pinned.beside(inventory);
        if (pinned.isEmpty()) {
            throw new Failure(
                    Exit.REFUSED,
                    Problem.of(
                            "nothing is pinned yet",
                            "there is no lock file beside the inventory",
                            "homelab artifacts pull"));
        }
        new Bundle(file).write(pinned, cache);
        io.err().println("wrote " + file + ": carry it with the inventory and its lock file");
        return list();
    }

    Exit imports(Path file) {
        new Bundle(file).read(cache, inventory);
        return verify();
    }
}

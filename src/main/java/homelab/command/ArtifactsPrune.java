package homelab.command;

import homelab.artifact.Cache;
import homelab.artifact.Kept;
import homelab.artifact.Pinned;
import homelab.problem.Exit;
import homelab.report.Table;
import homelab.run.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Deletes what the cache need not hold. What stays is told with the reason; a cache is shared by all inventories of this
 * user.
 *
 * @param days what was brought here within so many stays
 */
record ArtifactsPrune(Io io, Cache cache, Path inventory, int days) {
    private static final String GOES = "goes";

    Exit out(Consent consent) {
        Function<Kept, String> reason = reason();
        List<Kept> all = Kept.in(cache);
        print(all, reason);
        List<Kept> going =
                all.stream().filter(kept -> reason.apply(kept).equals(GOES)).toList();
        if (going.isEmpty()) {
            io.err().println("nothing to do: all of the cache stays");
            return Exit.DONE;
        }
        consent.ask(io, "Delete " + going.size() + " of them?");
        going.forEach(Kept::delete);
        long bytes = going.stream().mapToLong(Kept::bytes).sum();
        io.err().println("deleted " + ArtifactsTable.mib(bytes) + " MiB");
        return Exit.DONE;
    }

    private Function<Kept, String> reason() {
        Set<String> pinned = Pinned.sumsInFolderOf(inventory);
        Instant since = Time.system().now().minus(Duration.ofDays(days));
        return kept -> pinned.contains(kept.sha256())
                ? "stays: a lock file beside the inventory names it"
                : kept.brought().isAfter(since) ? "stays: brought here within " + days + " days" : GOES;
    }

    private void print(List<Kept> all, Function<Kept, String> reason) {
        Table table = new Table(io.outTerminal(), "FILE", "SHA-256", "MiB", "");
        all.forEach(kept -> table.row(List.of(
                kept.name(),
                ArtifactsTable.brief(kept.sha256()),
                ArtifactsTable.mib(kept.bytes()),
                reason.apply(kept))));
        io.out().print(table.text());
    }
}

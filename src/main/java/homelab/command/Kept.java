package homelab.command;

import homelab.doctor.Baseline;
import homelab.doctor.Checkup;
import homelab.doctor.Snapshot;
import homelab.doctor.SnapshotJson;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The files that doctor reads instead of hosts, compares with, and writes. */
final class Kept {

    @Option(names = "--save", paramLabel = "FILE", description = "Keep what was seen in this file.")
    private @Nullable Path save;

    @Option(
            names = "--from-snapshot",
            paramLabel = "FILE",
            description = "Judge what was kept in this file; reaches no host.")
    private @Nullable Path snapshot;

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "Tell only what is new or gone since this file was written with -o json.")
    private @Nullable Path baseline;

    boolean isSaved() {
        return save != null;
    }

    boolean isFromSnapshot() {
        return snapshot != null;
    }

    /** What was kept; empty when hosts are to be asked. @throws homelab.problem.Failure with exit USAGE */
    Optional<Snapshot> snapshot(Io io) {
        return Optional.ofNullable(snapshot)
                .map(io.folder()::resolve)
                .map(file -> SnapshotJson.read(KeptFile.text(file, "homelab doctor --save " + file)));
    }

    /** What there was before; to be read before hosts are asked. @throws homelab.problem.Failure with exit USAGE */
    Optional<Baseline> baseline(Io io) {
        return Optional.ofNullable(baseline)
                .map(io.folder()::resolve)
                .map(file -> Baseline.read(KeptFile.text(file, "homelab doctor -o json > " + file)));
    }

    void refuseUnwritable(Io io) {
        Optional.ofNullable(save).map(io.folder()::resolve).ifPresent(KeptFile::refuseUnwritable);
    }

    void save(Io io, Snapshot seen) {
        Optional.ofNullable(save)
                .map(io.folder()::resolve)
                .ifPresent(file -> KeptFile.write(file, SnapshotJson.write(seen)));
    }

    static Checkup compared(Optional<Baseline> before, Checkup checkup) {
        return before.map(known -> known.compared(checkup)).orElse(checkup);
    }
}

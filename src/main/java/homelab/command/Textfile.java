package homelab.command;

import homelab.doctor.Checkup;
import homelab.report.DoctorMetrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Metrics for the textfile collector of node_exporter, and the timer that has them written. */
final class Textfile {

    @Option(
            names = "--textfile",
            paramLabel = "FILE",
            description = "Write metrics into this file for node_exporter, whole or not at all. Needed by timer.")
    private @Nullable Path file;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            converter = Ago.class,
            description = "With timer: how often, such as 5m (default) or 1h.")
    private Duration every = Duration.ofMinutes(5);

    @Option(names = "--remove", description = "With timer: take it away again.")
    private boolean remove;

    Optional<Path> file(Io io) {
        return Optional.ofNullable(file).map(io.folder()::resolve);
    }

    Duration every() {
        return every;
    }

    boolean isRemoval() {
        return remove;
    }

    void refuseUnwritable(Io io) {
        file(io).ifPresent(KeptFile::refuseUnwritable);
    }

    /** For everybody to read: node_exporter runs as a user of its own. */
    void write(Io io, Checkup checkup) {
        file(io).ifPresent(to -> KeptFile.publish(to, DoctorMetrics.of(checkup)));
    }
}

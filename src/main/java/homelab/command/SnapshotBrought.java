package homelab.command;

import homelab.host.Host;
import homelab.model.Node;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.resource.Sh;
import homelab.resource.snapshot.Beside;
import homelab.snapshot.Drill;
import homelab.snapshot.SnapshotLook;
import homelab.snapshot.Taken;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A snapshot of one node brought to another for a drill, by way of this machine; the drill throws it away there. */
record SnapshotBrought(Io io, Job job) {
    private static final String FOLDER = Drill.ROOM + "/given";
    private static final String BESIDE = Drill.ROOM + "/given-beside";

    /** @return where it lies there, as the drill's script wants it told */
    String to(Node node, Taken snapshot) {
        Host from = job.workshop().fleet().host(snapshot.server());
        Host to = job.workshop().fleet().host(node.name());
        SnapshotPull pull = new SnapshotPull(io, job);
        String[] packed = pull.packed(from, snapshot);
        Path open = SnapshotFile.empty(io, Path.of(snapshot.name()));
        try (OutputStream out = Files.newOutputStream(open)) {
            SnapshotPull.copy(from, snapshot, out, Long.parseLong(packed[0].strip()), packed[1].strip());
            out.flush();
            SnapshotPull.run(to, "make room for", "mkdir -p -m 700 " + SnapshotLook.BESIDE + " " + BESIDE);
            to.upload(open, Beside.way(snapshot.name()), packed[1].strip(), "0600", Host.Progress.NONE);
            SnapshotPull.run(to, "lay down", Beside.unpacked(FOLDER, BESIDE, snapshot.name()));
        } catch (IOException e) {
            throw new Failure(
                    Exit.FAILED,
                    Problem.of(
                            snapshot.name() + " could not be brought to " + node.name(),
                            String.valueOf(e.getMessage()),
                            "drill it where it lies: leave out --node"),
                    e);
        } finally {
            open.toFile().delete();
            SnapshotPull.run(from, "clean up", "rm -f " + Sh.quote(Beside.way(snapshot.name())));
        }
        return FOLDER + " " + BESIDE;
    }
}

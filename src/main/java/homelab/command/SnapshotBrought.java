package homelab.command;

import homelab.host.Host;
import homelab.model.Node;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.resource.snapshot.Beside;
import homelab.snapshot.Drill;
import homelab.snapshot.SnapshotLook;
import homelab.snapshot.Taken;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A snapshot brought to a node for a drill, by way of this machine; the drill throws it away there. */
record SnapshotBrought(Io io, Job job) {
    private static final String FOLDER = Drill.ROOM + "/given";
    private static final String BESIDE = Drill.ROOM + "/given-beside";

    /** Of another node. @return where it lies there, as the drill's script wants it told */
    String to(Node node, Taken snapshot) {
        Path open = SnapshotFile.empty(io, Path.of(snapshot.name()));
        try (SnapshotSeal.Packed packed = new SnapshotSeal(job).packed(snapshot)) {
            try (OutputStream out = Files.newOutputStream(open)) {
                packed.copy(out);
            }
            return to(node, snapshot.name(), open, packed.sha256());
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
        }
    }

    /** The same of a packed one that is here in the clear. */
    String to(Node node, String name, Path open, String sha256) {
        Host host = job.workshop().fleet().host(node.name());
        SnapshotSeal.run(host, "make room for", "mkdir -p -m 700 " + SnapshotLook.BESIDE + " " + BESIDE);
        host.upload(open, Beside.way(name), sha256, "0600", Host.Progress.NONE);
        SnapshotSeal.run(host, "lay down", Beside.unpacked(FOLDER, BESIDE, name));
        return FOLDER + " " + BESIDE;
    }
}

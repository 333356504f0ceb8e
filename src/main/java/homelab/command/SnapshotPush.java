package homelab.command;

import homelab.host.Host;
import homelab.model.Node;
import homelab.problem.Exit;
import homelab.resource.snapshot.Beside;
import homelab.snapshot.SnapshotLook;
import java.nio.file.Path;
import java.util.Optional;

/** Lays a snapshot that was pulled onto a server again, where it can be restored. */
record SnapshotPush(Io io, Job job) {

    Exit lay(Path named, Node server, Optional<Path> identity) {
        try (SnapshotFile file = SnapshotFile.open(io, job.cluster().name(), named, identity)) {
            Host host = job.workshop().fleet().host(server.name());
            SnapshotPull.run(host, "make room for", "mkdir -p -m 700 " + SnapshotLook.BESIDE);
            host.upload(file.open(), Beside.way(file.name()), file.sha256(), "0600", Host.Progress.NONE);
            SnapshotPull.run(host, "lay down", Beside.unpacked(SnapshotLook.folder(job.cluster()), file.name()));
            job.quiet();
            io.out().println(file.name());
            io.err()
                    .println("on " + host.name() + "; next: homelab snapshot restore " + file.name() + " -i "
                            + job.inventory());
            return Exit.DONE;
        }
    }
}

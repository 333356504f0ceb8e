package homelab.command;

import homelab.host.Host;
import homelab.model.Node;
import homelab.problem.Exit;
import homelab.resource.snapshot.Beside;
import homelab.snapshot.SnapshotLook;

/** Lays a snapshot that was pulled onto a server again, where it can be restored. */
record SnapshotPush(Io io, Job job) {

    Exit tell(SnapshotFile file, Node server) {
        lay(file, server);
        job.quiet();
        io.out().println(file.name());
        io.err()
                .println("on " + server.name() + "; next: homelab snapshot restore " + file.name() + " -i "
                        + job.inventory());
        return Exit.DONE;
    }

    void lay(SnapshotFile file, Node server) {
        Host host = job.workshop().fleet().host(server.name());
        SnapshotSeal.run(host, "make room for", "mkdir -p -m 700 " + SnapshotLook.BESIDE);
        host.upload(file.open(), Beside.way(file.name()), file.sha256(), "0600", Host.Progress.NONE);
        SnapshotSeal.run(host, "lay down", Beside.unpacked(SnapshotLook.folder(job.cluster()), file.name()));
    }
}

package homelab.command;

import homelab.host.Host;
import homelab.kube.KubeApi;
import homelab.kube.ServerAccess;
import homelab.model.Cluster;
import homelab.problem.Exit;
import homelab.report.StorageText;
import homelab.storage.Storage;
import picocli.CommandLine;

/** {@code homelab storage}: where the data lies, and what the loss of one node would take. */
@CommandLine.Command(
        name = "storage",
        description = {
            "Shows every volume with its copies, the endangered first, and what the loss of one node would take; below them",
            "Longhorn's disks. Reads what Longhorn and the API say, of any kind of volume, and touches nothing."
        },
        footer = {
            "",
            "Examples:",
            "  homelab storage -i inventory/two-pis.yaml",
            "  homelab storage --exit-code   # 1 when a copy is missing or a disk takes none"
        })
final class StorageCommand implements Command {
    private static final String LONGHORN = "/apis/longhorn.io/v1beta2/";

    /** What is done. */
    enum Deed {
        status
    }

    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DEED",
            description = "status, which is all it can.")
    private Deed deed = Deed.status;

    @CommandLine.Option(
            names = "--exit-code",
            description = "End with 1 when a volume has fewer copies than asked for, or a disk takes none.")
    private boolean exitCode;

    private final Io io;

    StorageCommand(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        try (Job job = Job.open(io, common, "storage", Cluster::servers)) {
            Host server = job.workshop().fleet().host(job.leader().name());
            Storage storage = read(server);
            job.quiet();
            io.out().print(common.json() ? StorageText.json(storage) : new StorageText(io.outTerminal()).of(storage));
            return exitCode && storage.ill() ? Exit.FAILED : Exit.DONE;
        }
    }

    private static Storage read(Host server) {
        try (KubeApi api = ServerAccess.open(server)) {
            String persistent = api.raw("/api/v1/persistentvolumes");
            if (!api.raw("/apis").contains("\"longhorn.io\"")) {
                return Storage.of(persistent, "", "", "");
            }
            return Storage.of(
                    persistent,
                    api.raw(LONGHORN + "volumes"),
                    api.raw(LONGHORN + "replicas"),
                    api.raw(LONGHORN + "nodes"));
        }
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}

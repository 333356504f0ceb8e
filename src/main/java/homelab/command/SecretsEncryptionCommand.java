package homelab.command;

import homelab.model.Cluster;
import homelab.model.Node;
import homelab.phase.KeyPhases;
import homelab.problem.Exit;
import homelab.report.EncryptionText;
import homelab.resource.rotation.Encryption;
import homelab.resource.rotation.SecretsHeld;
import homelab.resource.snapshot.SavedSnapshot;
import java.util.Optional;
import picocli.CommandLine;

/** {@code homelab secrets-encryption}: how Secrets lie in etcd, and another key for them. */
@CommandLine.Command(
        name = "secrets-encryption",
        description = {
            "Secrets are encrypted where they are kept, with a key that all servers share.",
            "rotate has k3s make a new key, write every Secret anew with it and drop the one of before: on a server that",
            "is alone without a restart, on several in three stages, k3s started again on one after another after each.",
            "Snapshots of before keep their key in themselves. A run that was cut off is gone on with."
        },
        footer = {
            "",
            "Examples:",
            "  homelab secrets-encryption status -i inventory/two-pis.yaml",
            "  homelab secrets-encryption rotate --dry-run",
            "  homelab secrets-encryption rotate --yes",
            "  homelab secrets-encryption enable      # after it was disabled by hand"
        })
final class SecretsEncryptionCommand implements Command {
    /** What is done. */
    enum Deed {
        status,
        enable,
        rotate
    }

    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Parameters(
            index = "0",
            paramLabel = "DEED",
            hideParamSyntax = true,
            description = "status, enable or rotate.")
    private Deed deed = Deed.status;

    @CommandLine.Mixin
    private final Changing changing = new Changing();

    private final Io io;

    SecretsEncryptionCommand(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        new Discord()
                .when(
                        deed == Deed.status && changing.asked(),
                        "status changes nothing",
                        "homelab secrets-encryption status")
                .refuse();
        try (Job job = Job.withoutReleases(
                io, common, "secrets-encryption", deed == Deed.status ? Cluster::servers : Cluster::nodes)) {
            EncryptionLook look = EncryptionLook.at(job);
            return switch (deed) {
                case status -> status(job, look);
                case enable -> enable(job, look);
                case rotate -> rotate(job, look);
            };
        }
    }

    private Exit status(Job job, EncryptionLook look) {
        job.quiet();
        EncryptionText text =
                new EncryptionText(look.servers(), look.held(), look.begun().isPresent());
        io.out().print(common.json() ? text.json() : text.of(io.outTerminal()));
        job.tellUnreachable();
        boolean all = job.workshop().fleet().unreachable().isEmpty();
        return all && look.isWhole() ? Exit.DONE : Exit.BLIND;
    }

    private Exit rotate(Job job, EncryptionLook look) {
        Node server = look.begun().map(EncryptionLook.Begun::server).orElseGet(job::leader);
        new KeyGuard(job, look, server).refuseRotation();
        Encryption is = look.of(server).orElseThrow();
        String before = look.begun().map(EncryptionLook.Begun::before).orElseGet(is::key);
        int reached = is.reached(before);
        KeyPhases phases = new KeyPhases(job.cluster(), server, before, reached, snapshot(job, server, reached));
        return changing.of(io, job, common.json(), "secrets-encryption", next(job), phases.rotate());
    }

    private static Optional<SavedSnapshot> snapshot(Job job, Node server, int reached) {
        return reached == 0 ? new FreshSnapshot(job, server, "before-key").unlessThere() : Optional.empty();
    }

    private static String next(Job job) {
        return "homelab secrets-encryption status -i " + job.inventory();
    }

    private Exit enable(Job job, EncryptionLook look) {
        Node server = job.leader();
        new KeyGuard(job, look, server).refuseEnabling();
        Encryption is = look.of(server).orElseThrow();
        if (is.isOn() && look.counted().filter(held -> !held.isWhole()).isEmpty()) {
            job.quiet();
            io.out().println("nothing to do: Secrets are encrypted with " + is.key() + told(look.counted()));
            return Exit.DONE;
        }
        KeyPhases phases = new KeyPhases(job.cluster(), server, is.key(), 0, snapshot(job, server, 0));
        return changing.of(io, job, common.json(), "secrets-encryption", next(job), phases.enable());
    }

    private static String told(Optional<SecretsHeld> held) {
        return held.map(secrets -> ", all " + secrets.all() + " of them").orElse("");
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}

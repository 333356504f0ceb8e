package homelab.command;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** Every command by name and summary; the class of one is loaded only when it runs. */
enum Verb {
    INIT("init", "Write an inventory after what hosts say", io -> new Init(io)),
    VALIDATE("validate", "Check the inventory and show every mistake in it", io -> new Validate(io)),
    FACTS("facts", "Show what the hosts are", io -> new FactsCommand(io)),
    PLAN("plan", "Show what bootstrap would change; touches nothing", io -> new PlanCommand(io)),
    BOOTSTRAP("bootstrap", "Make the hosts of the inventory one Ready cluster", io -> new Bootstrap(io)),
    JOIN_NODE("join-node", "Bring hosts of the inventory into the running cluster", io -> new JoinNode(io)),
    REMOVE_NODE("remove-node", "Take a node out of the cluster, and clean its host", io -> new RemoveNode(io)),
    PROMOTE("promote", "Make agents servers, one after another", io -> new Promote(io)),
    DEMOTE("demote", "Make servers agents, one after another", io -> new Demote(io)),
    ADDONS("addons", "Show and install the add-ons of the inventory", io -> new AddonsCommand(io)),
    GITOPS("gitops", "Show Git beside Argo CD beside what runs", io -> new GitopsCommand(io)),
    STORAGE("storage", "Show where data lies and what a lost node would take", io -> new StorageCommand(io)),
    STATUS("status", "Show the nodes and the conditions of the cluster", io -> new StatusCommand(io)),
    DOCTOR("doctor", "Say what is wrong, why, and what to type", io -> new DoctorCommand(io)),
    RECOVER_SANDBOXES(
            "recover-sandboxes", "Remove what dead pods left that bars others", io -> new RecoverSandboxes(io)),
    HARDEN("harden", "Make nodes heal themselves after a bad night", io -> new HardenCommand(io)),
    FIREWALL("firewall", "Show and change the firewall, always with a way back", io -> new FirewallCommand(io)),
    INCIDENT("incident", "Tell what happened in the night, and likely why", io -> new IncidentCommand(io)),
    RECOVER("recover", "Bring a cluster back after a power cut, gate by gate", io -> new Recover(io)),
    KUBECONFIG("kubeconfig", "Merge the cluster's admin access into your kubeconfig", io -> new KubeconfigCommand(io)),
    ARTIFACTS("artifacts", "Bring, verify and carry the files of a cluster", io -> new ArtifactsCommand(io)),
    SNAPSHOT("snapshot", "Keep, bring away and restore the cluster's memory", io -> new SnapshotCommand(io)),
    BACKUP("backup", "Copy volumes and folders of nodes, and bring them back", io -> new BackupCommand(io)),
    UPGRADE("upgrade", "Bring another release of k3s to every node", io -> new UpgradeCommand(io)),
    REBOOT("reboot", "Reboot nodes, each emptied before and seen to come back", io -> new RebootCommand(io)),
    TOKEN("token", "Show the cluster's token, and change it on all nodes", io -> new TokenCommand(io)),
    SECRETS_ENCRYPTION(
            "secrets-encryption",
            "Show how Secrets are encrypted, and rotate the key",
            io -> new SecretsEncryptionCommand(io)),
    CERTS("certs", "Show when certificates end, and make new ones", io -> new CertsCommand(io)),
    SHUTDOWN("shutdown", "Switch nodes off, agents first and servers last", io -> new ShutdownCommand(io)),
    RESET("reset", "Make hosts what they were before bootstrap", io -> new ResetCommand(io)),
    RUNS("runs", "List earlier runs, and show what one of them did", io -> new RunsCommand(io)),
    COMPLETION("completion", "Print what makes a shell complete commands and nodes", io -> new CompletionCommand(io));

    private final String word;
    private final String summary;
    private final Function<Io, Command> maker;

    Verb(String word, String summary, Function<Io, Command> maker) {
        this.word = word;
        this.summary = summary;
        this.maker = maker;
    }

    String word() {
        return word;
    }

    String summary() {
        return summary;
    }

    Command make(Io io) {
        return maker.apply(io);
    }

    static Optional<Verb> of(String word) {
        return Arrays.stream(values()).filter(verb -> verb.word.equals(word)).findFirst();
    }
}

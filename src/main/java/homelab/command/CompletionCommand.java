package homelab.command;

import homelab.problem.Exit;
import picocli.CommandLine;

/** {@code homelab completion}: what a shell is to offer, the nodes of the inventory among it. */
@CommandLine.Command(
        name = "completion",
        description = {
            "Prints what makes a shell complete commands, options and the nodes of the inventory. Reads no inventory itself:",
            "the shell takes the nodes from the file that the line names, $$HOMELAB_INVENTORY, or inventory.yaml here."
        },
        footer = {
            "",
            "Examples:",
            "  source <(homelab completion bash)                       # in ~/.bashrc",
            "  source <(homelab completion zsh)                        # in ~/.zshrc, below compinit",
            "  homelab completion fish > ~/.config/fish/completions/homelab.fish"
        })
final class CompletionCommand implements Command {

    /** Which shell. */
    enum Shell {
        bash,
        zsh,
        fish
    }

    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Parameters(index = "0", paramLabel = "SHELL", description = "bash, zsh or fish.")
    private Shell shell = Shell.bash;

    private final Io io;

    CompletionCommand(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        io.out().print(new Completion(Offer.all(io)).of(shell));
        return Exit.DONE;
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}

package homelab.command;

import homelab.backup.Copied;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which copy is meant, and what is to become of it, as it is typed. */
final class BackupWords {
    private static final String NAME = "[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?";

    private Optional<String> what = Optional.empty();

    @Option(names = "--copy", paramLabel = "ID", description = "With restore and drill: this copy. Else the newest.")
    private Optional<String> copy = Optional.empty();

    @Option(names = "--as", paramLabel = "CLAIM", description = "With restore: the new claim, in the same namespace.")
    private Optional<String> as = Optional.empty();

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            description = "With restore: how large it is to be. Else as the old one, or 1Gi.")
    private Optional<String> size = Optional.empty();

    /** @param typed {@code NAMESPACE/CLAIM}, or a folder */
    void of(Optional<String> typed) {
        what = typed;
    }

    boolean any() {
        return what.isPresent() || copy.isPresent() || restores();
    }

    boolean restores() {
        return as.isPresent() || size.isPresent();
    }

    Optional<String> size() {
        return size;
    }

    /** @throws Failure with exit USAGE before any host is reached */
    void refuseForRestore() {
        boolean claim =
                what.filter(text -> text.matches("[-a-z0-9]{1,63}/" + NAME)).isPresent();
        boolean wellSized =
                size.map(text -> text.matches("[1-9][0-9]{0,8}(Mi|Gi|Ti)")).orElse(true);
        new Discord()
                .when(!claim, "which claim is meant is not said", "homelab backup restore NAMESPACE/CLAIM --as NEW")
                .when(
                        as.filter(text -> text.matches(NAME)).isEmpty(),
                        "the new claim has no name",
                        "homelab backup restore NAMESPACE/CLAIM --as NEW")
                .when(!wellSized, "the size is none", "write one such as --size 5Gi")
                .refuse();
    }

    String namespace() {
        return what.orElseThrow().split("/", 2)[0];
    }

    String claim() {
        return as.orElseThrow();
    }

    /**
     * @param copies the newest first
     * @throws Failure with exit USAGE when there is none such
     */
    Copied chosen(List<Copied> copies) {
        return copies.stream()
                .filter(one -> what.map(one.name()::equals).orElse(true))
                .filter(one -> copy.map(one.id()::equals).orElse(true))
                .findFirst()
                .orElseThrow(() -> new Failure(
                        Exit.USAGE,
                        Problem.of(
                                "there is no copy"
                                        + what.map(text -> " of '" + text + "'").orElse("")
                                        + copy.map(text -> " called '" + text + "'")
                                                .orElse(""),
                                "there are " + copies.size() + " of other things",
                                "homelab backup list tells them")));
    }
}

package homelab.inventory;

import homelab.model.SecretSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a secret comes from: a file, a variable or a command. What stands there instead of a source is never shown. */
final class SourceSection {
    private static final String FIX = "write {file: PATH}, {env: NAME} or {command: [PROGRAM, ARGUMENT]}";

    private SourceSection() {}

    /** @param path of the value in the file, "k3s.token" */
    static Optional<SecretSource> read(String path, Tree value, Mistakes mistakes, Paths paths) {
        // From here on no line is shown: any of them may well be the secret.
        Tree hidden = value.hidden();
        if (!(hidden instanceof Tree.Pairs)) {
            refuseLiteral(path, hidden, mistakes);
            return Optional.empty();
        }
        return source(Fields.of(Section.TOKEN, path, hidden.place(), hidden, mistakes), paths);
    }

    private static void refuseLiteral(String path, Tree value, Mistakes mistakes) {
        String why = Fields.isNothing(value)
                ? "there is nothing here"
                : "an inventory is copied and committed, so it names where a secret is and never the secret";
        mistakes.add(value.place(), path + " is not a source of a secret", why, FIX);
    }

    private static Optional<SecretSource> source(Fields fields, Paths paths) {
        Optional<SecretSource> file = fields.one("file", paths.any()).map(SecretSource.FromFile::new);
        Optional<SecretSource> env = fields.one("env", Kinds.VARIABLE).map(SecretSource.FromEnv::new);
        List<String> argv = fields.list("command", Kinds.TEXT);
        Optional<SecretSource> command =
                argv.isEmpty() ? Optional.empty() : Optional.of(new SecretSource.FromCommand(argv));
        long named = Stream.of("file", "env", "command").filter(fields::has).count();
        boolean empty = fields.value("command")
                .filter(tree ->
                        tree instanceof Tree.Items items && items.items().isEmpty())
                .isPresent();
        if (named != 1) {
            String what = fields.path() + " names " + named + " sources";
            fields.mistakes().add(fields.at(), what, "a secret comes from exactly one", FIX);
        } else if (empty) {
            fields.mistakes().add(fields.at(), fields.path("command") + " is empty", "there is no program to run", FIX);
        }
        return file.or(() -> env).or(() -> command);
    }
}

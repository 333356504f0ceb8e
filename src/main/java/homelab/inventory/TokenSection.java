package homelab.inventory;

import homelab.model.SecretSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code k3s.token:}: a source of the secret, never the secret. */
final class TokenSection {
    private static final String FIX = "write {file: PATH}, {env: NAME} or {command: [PROGRAM, ARGUMENT]}";

    private TokenSection() {}

    static Optional<SecretSource> read(Fields k3s, Paths paths) {
        Optional<Tree> value = k3s.value("token");
        if (value.isEmpty()) {
            return Optional.empty();
        }
        // From here on no line is shown: any of them may well be the secret.
        Tree hidden = value.get().hidden();
        if (!(hidden instanceof Tree.Pairs)) {
            refuseLiteral(k3s, hidden);
            return Optional.empty();
        }
        return source(Fields.of(Section.TOKEN, "k3s.token", hidden.place(), hidden, k3s.mistakes()), paths);
    }

    private static void refuseLiteral(Fields k3s, Tree value) {
        String why = Fields.isNothing(value)
                ? "there is nothing here"
                : "an inventory is copied and committed, so it names where a secret is and never the secret";
        k3s.mistakes().add(value.place(), "k3s.token is not a source of a secret", why, FIX);
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
            fields.mistakes()
                    .add(fields.at(), "k3s.token names " + named + " sources", "a secret comes from exactly one", FIX);
        } else if (empty) {
            fields.mistakes().add(fields.at(), "k3s.token.command is empty", "there is no program to run", FIX);
        }
        return file.or(() -> env).or(() -> command);
    }
}

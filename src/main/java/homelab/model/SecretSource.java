package homelab.model;

import java.nio.file.Path;
import java.util.List;

/** Where a secret comes from; the inventory never holds the secret itself. */
public sealed interface SecretSource {

    record FromFile(Path path) implements SecretSource {}

    record FromEnv(String variable) implements SecretSource {
        public FromEnv {
            if (!variable.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                throw new IllegalArgumentException("'" + variable + "' is not the name of an environment variable");
            }
        }
    }

    /** What is no secret and stands in a Secret beside one: an address. */
    record Said(String text) implements SecretSource {}

    /** @param argv run without a shell; its standard output less one final newline is the secret */
    record FromCommand(List<String> argv) implements SecretSource {
        public FromCommand {
            argv = List.copyOf(argv);
            if (argv.isEmpty()) {
                throw new IllegalArgumentException("a command has at least a name");
            }
        }
    }
}

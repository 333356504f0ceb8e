package homelab.model;

import java.nio.file.Path;
import java.util.List;

/** Where a secret comes from; the inventory never holds the secret itself. */
public sealed interface SecretSource {

    record FromFile(Path path) implements SecretSource {}

    record FromEnv(String variable) implements SecretSource {}

    /** @param argv run without a shell; its standard output less one final newline is the secret */
    record FromCommand(List<String> argv) implements SecretSource {}
}

package homelab.command;

import homelab.artifact.Logins;
import homelab.inventory.SecretReader;
import homelab.model.RegistryLogin;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the inventory says of registries. A password is fetched when it is wanted, and once: its source may ask the user. */
final class RegistryLogins implements Logins {
    private final Map<String, RegistryLogin> known;
    private final Map<String, Login> fetched = new HashMap<>();

    RegistryLogins(Map<String, RegistryLogin> known) {
        this.known = known;
    }

    @Override
    public synchronized Optional<Login> of(String registry) {
        return Optional.ofNullable(known.get(registry))
                .map(login -> fetched.computeIfAbsent(
                        registry, key -> new Login(login.username(), SecretReader.read(login.password()))));
    }
}

package homelab.inventory;

import homelab.model.RegistryLogin;
import homelab.model.SecretSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code addons.registries:}, what opens registries of charts, by their host. */
final class RegistriesSection {
    private RegistriesSection() {}

    static Map<String, RegistryLogin> read(Fields addons, Paths paths) {
        Map<String, RegistryLogin> registries = new LinkedHashMap<>();
        addons.named("registries", Section.REGISTRY).forEach((host, login) -> {
            Optional<String> username = login.one("username", Kinds.REGISTRY_USER);
            Optional<SecretSource> password = login.value("password")
                    .flatMap(value -> SourceSection.read(login.path("password"), value, login.mistakes(), paths));
            if (named(login, host) && username.isPresent() && password.isPresent()) {
                registries.put(host, new RegistryLogin(username.get(), password.get()));
            }
        });
        return registries;
    }

    private static boolean named(Fields login, String host) {
        if (host.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")) {
            return true;
        }
        String why = "'" + host + "' is neither HOST nor HOST:PORT";
        login.mistakes().add(login.at(), login.path() + " is no registry", why, "write it as it stands behind oci://");
        return false;
    }
}

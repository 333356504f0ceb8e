package homelab.command;

import homelab.inventory.SecretReader;
import homelab.model.Addons;
import homelab.model.ChartRelease;
import homelab.model.Gitops;
import homelab.model.Secret;
import homelab.model.SecretData;
import homelab.phase.AddonSecrets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fetches the secrets that add-ons name. */
final class Secrets {
    private Secrets() {}

    /** @throws homelab.problem.Failure when one cannot be had */
    static AddonSecrets of(Addons addons) {
        Map<String, List<SecretData>> releases = new HashMap<>();
        addons.releases().forEach(release -> releases.put(release.title(), of(release)));
        if (addons.argoCd().isEmpty()) {
            return new AddonSecrets(releases, Optional.empty(), Map.of());
        }
        return new AddonSecrets(
                releases,
                addons.argo().adminPassword().map(SecretReader::read),
                addons.argo().gitops().flatMap(Gitops::login).map(Secrets::of).orElse(Map.of()));
    }

    private static List<SecretData> of(ChartRelease release) {
        List<SecretData> found = new ArrayList<>();
        release.secrets().forEach((name, keys) -> {
            Map<String, Secret> values = new HashMap<>();
            keys.forEach((key, source) -> values.put(key, SecretReader.read(source)));
            found.add(new SecretData(name, values));
        });
        return found;
    }

    /** By the keys under which Argo CD looks for them in the Secret of a repository. */
    private static Map<String, Secret> of(Gitops.Login login) {
        if (login instanceof Gitops.Login.Password password) {
            return Map.of(
                    "username", new Secret(password.username()), "password", SecretReader.read(password.password()));
        }
        return Map.of("sshPrivateKey", SecretReader.lines(((Gitops.Login.Key) login).key()));
    }
}

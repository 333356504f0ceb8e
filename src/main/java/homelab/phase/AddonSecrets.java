package homelab.phase;

import homelab.model.Secret;
import homelab.model.SecretData;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The secrets that add-ons need, fetched from where the inventory says they are.
 *
 * @param releases by the release's title
 * @param argoPassword of Argo CD's admin
 * @param repository what opens the Git repository, by the key under which Argo CD looks for it
 */
public record AddonSecrets(
        Map<String, List<SecretData>> releases, Optional<Secret> argoPassword, Map<String, Secret> repository) {
    public static final AddonSecrets NONE = new AddonSecrets(Map.of(), Optional.empty(), Map.of());

    public AddonSecrets {
        releases = Map.copyOf(releases);
        repository = Map.copyOf(repository);
    }
}

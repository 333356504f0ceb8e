package homelab.command;

import homelab.inventory.SecretReader;
import homelab.model.ChartRelease;
import homelab.model.Secret;
import homelab.model.SecretData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Fetches the secrets that releases name. */
final class Secrets {
    private Secrets() {}

    /** By the release's title. @throws homelab.problem.Failure when one cannot be had */
    static Map<String, List<SecretData>> of(List<ChartRelease> releases) {
        Map<String, List<SecretData>> all = new HashMap<>();
        releases.forEach(release -> all.put(release.title(), of(release)));
        return all;
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
}

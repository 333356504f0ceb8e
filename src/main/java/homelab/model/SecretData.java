package homelab.model;

import java.util.Map;

/**
 * What a Kubernetes Secret holds.
 *
 * @param values by key
 */
public record SecretData(String name, Map<String, Secret> values) {
    public SecretData {
        values = Map.copyOf(values);
    }
}

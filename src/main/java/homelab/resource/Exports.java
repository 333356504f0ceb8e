package homelab.resource;

import homelab.model.Secret;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Variables that programs of a script are started with: the proxy through which apt reaches its archive, say. Values may be
 * secret, so that they stand in scripts alone and in no argument list.
 */
public record Exports(Map<String, Secret> variables) {

    public Exports {
        variables = Map.copyOf(variables);
    }

    /** Lines of sh, none where there are no variables. */
    public String text() {
        return variables.entrySet().stream()
                .map(one ->
                        "export " + one.getKey() + "=" + Sh.quote(one.getValue().reveal()) + "\n")
                .sorted()
                .collect(Collectors.joining());
    }
}

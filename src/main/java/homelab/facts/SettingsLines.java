package homelab.facts;

import homelab.facts.K3sSettings.DropIn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@link K3sSettings} from lines of k3s's files. */
final class SettingsLines {
    /** For {@code grep -E}: the lines of config.yaml that are needed, none of which holds a secret. */
    static final String OWN = "^(server|cluster-init|node-name):";

    /** k3s does not let a server join that has one of these otherwise (docs.k3s.io, High Availability Embedded etcd). */
    static final String SHARED = "^(cluster-cidr|service-cidr|cluster-dns|cluster-domain|disable-cloud-controller"
            + "|disable-helm-controller|disable-network-policy|egress-selector-mode|embedded-registry|flannel-backend"
            + "|flannel-external-ip|flannel-ipv6-masq|secrets-encryption):";

    private static final Pattern LINE =
            Pattern.compile("(?:(/[^:]+):)?([a-z0-9-]+):\\s*(?:\"([^\"]*)\"|'([^']*)'|([^#]*?))\\s*(?:#.*)?");
    private static final Pattern URL = Pattern.compile("https://\\[?([^\\]/]+?)\\]?(?::\\d+)?/?");

    private SettingsLines() {}

    /**
     * @param own of config.yaml
     * @param dropIns of the files beside it, each with its file's path and a colon in front
     */
    static K3sSettings read(List<String> own, List<String> dropIns) {
        Map<String, String> values = new LinkedHashMap<>();
        matched(own).forEach(line -> values.put(line.group(2), value(line)));
        List<DropIn> found = matched(dropIns).stream()
                .map(line -> new DropIn(Optional.ofNullable(line.group(1)).orElse(""), line.group(2), value(line)))
                .toList();
        return new K3sSettings(
                address(values),
                "true".equals(values.get("cluster-init")),
                Optional.ofNullable(values.get("node-name")),
                found);
    }

    private static Optional<String> address(Map<String, String> values) {
        return Optional.ofNullable(values.get("server"))
                .map(URL::matcher)
                .filter(Matcher::matches)
                .map(url -> url.group(1));
    }

    private static List<Matcher> matched(List<String> lines) {
        List<Matcher> found = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                found.add(matcher);
            }
        }
        return found;
    }

    private static String value(Matcher line) {
        for (int quoted = 3; quoted < 5; quoted++) {
            if (line.group(quoted) != null) {
                return line.group(quoted);
            }
        }
        return line.group(5);
    }
}

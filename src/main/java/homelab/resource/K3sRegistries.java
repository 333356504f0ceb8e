package homelab.resource;

import homelab.model.Registries;
import homelab.model.Registries.ClientCertificate;
import homelab.model.Registries.Mirror;
import homelab.model.Registries.Opened;
import homelab.model.RegistryLogin;
import homelab.model.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * /etc/rancher/k3s/registries.yaml and the certificates that it names. k3s reads it when it starts and makes the
 * configuration of containerd from it (k3s, Private Registry Configuration).
 *
 * @param sources what the inventory's sources and files hold
 */
public record K3sRegistries(Registries wanted, Sources sources) {
    public static final String PATH = "/etc/rancher/k3s/registries.yaml";

    /** A folder for each host; nothing but what the inventory names belongs there. */
    public static final String CERTIFICATES = "/etc/rancher/k3s/registries";

    /** What was read on the machine that homelab runs on. */
    public interface Sources {
        Secret password(RegistryLogin login);

        String text(Path file);

        Secret key(ClientCertificate client);
    }

    /** The certificates first: what names them comes when they are there. */
    public List<TextFile> files() {
        if (wanted.isEmpty()) {
            return List.of();
        }
        List<TextFile> files = new ArrayList<>();
        wanted.hosts().forEach((host, opened) -> files.addAll(certificates(host, opened)));
        files.add(settings());
        return files;
    }

    private List<TextFile> certificates(String host, Opened opened) {
        List<TextFile> files = new ArrayList<>();
        opened.ca().ifPresent(file -> files.add(TextFile.of(place(host, "ca.crt"), sources.text(file))));
        opened.client().ifPresent(client -> {
            files.add(TextFile.of(place(host, "client.crt"), sources.text(client.certificate())));
            files.add(TextFile.secret(place(host, "client.key"), sources.key(client)));
        });
        return files;
    }

    private static String place(String host, String name) {
        String folder = host.equals("*") ? "all-others" : host.replace(':', '_');
        return CERTIFICATES + "/" + folder + "/" + name;
    }

    private TextFile settings() {
        return isSecret() ? TextFile.secret(PATH, new Secret(text())) : TextFile.closed(PATH, text());
    }

    private boolean isSecret() {
        return wanted.hosts().values().stream()
                .anyMatch(opened -> opened.login().isPresent());
    }

    private String text() {
        Map<String, Object> mirrors = new LinkedHashMap<>();
        wanted.mirrors().forEach((name, mirror) -> mirrors.put(name, mirror(mirror)));
        Map<String, Object> configs = new LinkedHashMap<>();
        wanted.hosts().forEach((host, opened) -> configs.put(host, opened(host, opened)));
        return new K3sYaml()
                .comment(K3sOutside.MARK)
                .putEach("mirrors", mirrors)
                .putEach("configs", configs)
                .toString();
    }

    private static Map<String, Object> mirror(Mirror mirror) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("endpoint", mirror.endpoints().stream().map(Object::toString).toList());
        if (!mirror.rewrite().isEmpty()) {
            told.put("rewrite", mirror.rewrite());
        }
        return told;
    }

    private Map<String, Object> opened(String host, Opened opened) {
        Map<String, Object> told = new LinkedHashMap<>();
        opened.login().ifPresent(login -> told.put("auth", login(login)));
        Map<String, Object> tls = tls(host, opened);
        if (!tls.isEmpty()) {
            told.put("tls", tls);
        }
        return told;
    }

    /** A Map.of would be in another order on each run, and so k3s restarted on each. */
    private Map<String, Object> login(RegistryLogin login) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("username", login.username());
        told.put("password", sources.password(login).reveal());
        return told;
    }

    private static Map<String, Object> tls(String host, Opened opened) {
        Map<String, Object> tls = new LinkedHashMap<>();
        opened.ca().ifPresent(file -> tls.put("ca_file", place(host, "ca.crt")));
        opened.client().ifPresent(client -> {
            tls.put("cert_file", place(host, "client.crt"));
            tls.put("key_file", place(host, "client.key"));
        });
        if (opened.unverified()) {
            tls.put("insecure_skip_verify", true);
        }
        return tls;
    }
}

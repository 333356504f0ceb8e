package homelab.inventory;

import homelab.model.Registries;
import homelab.model.Registries.ClientCertificate;
import homelab.model.Registries.Mirror;
import homelab.model.Registries.Opened;
import homelab.model.RegistryLogin;
import homelab.model.SecretSource;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** {@code registries:}, from where k3s has images; {@link RegistriesSection} is about charts. */
final class ImagesSection {
    private static final String HOST = "[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?";

    private final Paths paths;

    private ImagesSection(Paths paths) {
        this.paths = paths;
    }

    static Registries read(Fields fields, Paths paths) {
        ImagesSection section = new ImagesSection(paths);
        Map<String, Mirror> mirrors = new LinkedHashMap<>();
        fields.named("mirrors", Section.REGISTRY_MIRROR).forEach((name, one) -> {
            if (named(one, name)) {
                mirrors.put(name, mirror(one));
            }
        });
        Map<String, Opened> hosts = new LinkedHashMap<>();
        fields.named("configs", Section.REGISTRY_CONFIG).forEach((name, one) -> {
            if (named(one, name)) {
                hosts.put(name, section.opened(one));
            }
        });
        return new Registries(mirrors, hosts);
    }

    private static boolean named(Fields one, String name) {
        if (name.equals("*") || name.matches(HOST)) {
            return true;
        }
        one.mistakes()
                .add(
                        one.at(),
                        one.path() + " is no registry",
                        "'" + name + "' is neither HOST nor HOST:PORT nor \"*\"",
                        "write it as names of images begin, docker.io, without https://");
        return false;
    }

    private static Mirror mirror(Fields one) {
        List<URI> endpoints = one.list("endpoints", Kinds.ENDPOINT);
        if (one.has("endpoints") && one.items("endpoints").isEmpty()) {
            one.mistakes()
                    .add(
                            one.at(),
                            one.path("endpoints") + " is empty",
                            "a mirror is somebody to ask",
                            "write endpoints: [https://10.0.1.5:5000]");
        }
        return new Mirror(endpoints, rewrite(one));
    }

    private static Map<String, String> rewrite(Fields one) {
        Map<String, String> rewrite = new LinkedHashMap<>();
        one.map("rewrite")
                .forEach((pattern, pair) -> Kinds.TEXT
                        .read(pair.value(), one.path("rewrite") + "." + pattern, one.mistakes())
                        .ifPresent(name -> rewrite.put(pattern, name)));
        rewrite.keySet().forEach(pattern -> refuseBroken(one, pattern));
        return rewrite;
    }

    private static void refuseBroken(Fields one, String pattern) {
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            one.mistakes()
                    .add(
                            one.place("rewrite"),
                            one.path("rewrite") + " has a broken expression",
                            "'" + pattern + "': " + e.getDescription(),
                            "write one such as \"^library/(.*)\": \"mirror/$1\"");
        }
    }

    private Opened opened(Fields one) {
        Optional<String> username = one.one("username", Kinds.REGISTRY_USER);
        Optional<SecretSource> password = source(one, "password");
        Optional<Path> ca = one.one("ca", paths.any());
        Optional<Path> certificate = one.one("cert", paths.any());
        Optional<SecretSource> key = source(one, "key");
        boolean unverified = one.one("insecure-skip-verify", Kinds.FLAG, false).orElse(false);
        together(one, "username", "password");
        together(one, "cert", "key");
        return new Opened(
                username.flatMap(name -> password.map(secret -> new RegistryLogin(name, secret))),
                ca,
                certificate.flatMap(file -> key.map(secret -> new ClientCertificate(file, secret))),
                unverified);
    }

    private Optional<SecretSource> source(Fields one, String key) {
        return one.value(key).flatMap(value -> SourceSection.read(one.path(key), value, one.mistakes(), paths));
    }

    private static void together(Fields one, String first, String second) {
        if (one.has(first) != one.has(second)) {
            String missing = one.has(first) ? second : first;
            one.mistakes()
                    .add(
                            one.at(),
                            one.path(missing) + " is missing",
                            first + " and " + second + " are of use together alone",
                            "add a line " + missing + ": ..., or take the other out");
        }
    }
}

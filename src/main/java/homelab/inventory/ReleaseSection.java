package homelab.inventory;

import homelab.model.Chart;
import homelab.model.ChartRelease;
import homelab.model.SecretSource;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One Helm release: {@code addons.releases.NAME}, or an add-on of which homelab knows the chart. */
final class ReleaseSection {

    /** What an add-on is when the inventory does not say otherwise. @param name of the release */
    record Usual(String name, String chart, URI repo, String namespace) {}

    private final Fields fields;
    private final Optional<Usual> usual;
    private final Paths paths;

    private ReleaseSection(Fields fields, Optional<Usual> usual, Paths paths) {
        this.fields = fields;
        this.usual = usual;
        this.paths = paths;
    }

    /** Empty when something is missing or wrong; then a mistake was noted. */
    static Optional<ChartRelease> read(Fields fields, String name, Optional<Usual> usual, Paths paths) {
        return new ReleaseSection(fields, usual, paths).release(name);
    }

    private Optional<ChartRelease> release(String name) {
        boolean named = named(name);
        Optional<Chart> chart = chart();
        Optional<String> namespace = fields.one(
                "namespace", Kinds.NAMESPACE, usual.map(Usual::namespace).orElse(name));
        Map<String, Object> values = fields.has("values")
                ? fields.one("values", paths.present()).map(this::values).orElse(Map.of())
                : Map.of();
        var secrets = secrets();
        var images = fields.list("images", paths.any());
        return named && chart.isPresent() && namespace.isPresent()
                ? Optional.of(new ChartRelease(name, chart.get(), namespace.get(), values, secrets, images))
                : Optional.empty();
    }

    private boolean named(String name) {
        try {
            ChartRelease.requireName(name);
            return true;
        } catch (IllegalArgumentException e) {
            String why = String.valueOf(e.getMessage());
            fields.mistakes().add(fields.at(), fields.path() + " cannot be a release's name", why, "rename it");
            return false;
        }
    }

    private Optional<Chart> chart() {
        Optional<String> version =
                fields.has("version") ? fields.one("version", Kinds.CHART_VERSION) : Optional.empty();
        Optional<String> text = fields.has("chart") ? fields.one("chart", Kinds.TEXT) : usual.map(Usual::chart);
        Optional<URI> repo = fields.has("repo") ? fields.one("repo", Kinds.URL) : usual.map(Usual::repo);
        return version.isEmpty() || text.isEmpty() ? Optional.empty() : chart(text.get(), version.get(), repo);
    }

    private Optional<Chart> chart(String text, String version, Optional<URI> repo) {
        if (text.startsWith("oci://")) {
            return registry(text.substring("oci://".length()), version);
        } else if (text.endsWith(".tgz")) {
            return archive(text, version);
        } else if (!text.matches("[A-Za-z0-9]([-A-Za-z0-9._]{0,250}[A-Za-z0-9])?")) {
            return wrong("chart", "'" + text + "' is no name of a chart", "write NAME, oci://HOST/PATH or FILE.tgz");
        } else if (repo.isEmpty()) {
            return wrong("chart", "it names no repository", "add repo: https://...");
        }
        return Optional.of(new Chart.Repository(repo.get(), text, version));
    }

    private Optional<Chart> registry(String reference, String version) {
        return reference.matches("[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)+")
                ? Optional.of(new Chart.Registry(reference, version))
                : wrong(
                        "chart",
                        "'oci://" + reference + "' is no reference",
                        "write oci://HOST/PATH/NAME without a tag");
    }

    private Optional<Chart> archive(String text, String version) {
        Optional<Path> file = fields.one("chart", paths.present());
        String end = "-" + version + ".tgz";
        return file.flatMap(path -> {
            String name = String.valueOf(path.getFileName());
            return name.endsWith(end) && name.length() > end.length()
                    ? Optional.of(new Chart.Archive(path, name.substring(0, name.length() - end.length()), version))
                    : wrong("chart", text + " does not end with " + end, "name it as `helm package` does");
        });
    }

    private Optional<Chart> wrong(String key, String why, String fix) {
        fields.mistakes().add(fields.place(key), fields.path(key) + " is not a chart", why, fix);
        return Optional.empty();
    }

    private Map<String, Object> values(Path file) {
        return ValuesFile.read(file, fields.place("values"), fields.mistakes());
    }

    private Map<String, Map<String, SecretSource>> secrets() {
        Map<String, Map<String, SecretSource>> secrets = new LinkedHashMap<>();
        fields.map("secrets").forEach((name, pair) -> {
            String path = fields.path("secrets") + "." + name;
            Map<String, SecretSource> keys = new LinkedHashMap<>();
            sources(path, pair)
                    .forEach((key, source) -> SourceSection.read(
                                    path + "." + key, source.value(), fields.mistakes(), paths)
                            .ifPresent(found -> keys.put(key, found)));
            if (!name.matches("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?")) {
                fields.mistakes()
                        .add(pair.key(), path + " cannot be a Secret's name", "", "write one such as web-login");
            }
            secrets.put(name, keys);
        });
        return secrets;
    }

    private Map<String, Tree.Pair> sources(String path, Tree.Pair secret) {
        if (secret.value() instanceof Tree.Pairs pairs) {
            return pairs.pairs();
        }
        String why = "a Secret has keys, and each of them a source";
        fields.mistakes().add(secret.key().hidden(), path + " is not a map of keys", why, "write {KEY: {file: PATH}}");
        return Map.of();
    }
}

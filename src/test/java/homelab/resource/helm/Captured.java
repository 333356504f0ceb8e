package homelab.resource.helm;

import homelab.model.Chart;
import homelab.model.ChartRelease;
import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import homelab.resource.Resource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/**
 * What a server with the release "whoami" answered (lab k3s v1.33.4, Helm v3.18.4), with edits of a test's.
 *
 * @param cluster namespaces and other installers; @param release what Helm keeps; @param objects the live ones
 * @param rendered what the chart would make and what lies there, "unknown" where it cannot be rendered yet
 * @param rehearsal what the chart says of values and kinds, "" where it cannot be asked yet
 */
record Captured(String cluster, String release, String objects, String rendered, String rehearsal) {
    static final String SHA256 = "f1a76e011f3b7b9604468b7b0c4f6d55578a250fb4557f6e7c52a78fb2ab44a0";

    static final ChartRelease WHOAMI = whoami("1.1.0", Map.of("replicas", 2L));

    static Captured whoami() {
        return new Captured(read("cluster"), read("whoami-release"), read("whoami-objects"), "unknown", "");
    }

    static ChartRelease whoami(String version, Map<String, Object> values) {
        Chart chart = new Chart.Repository(URI.create("https://charts.example"), "whoami", version);
        return new ChartRelease("whoami", chart, "web", values, Map.of(), List.of());
    }

    private static String read(String name) {
        try {
            return Files.readString(Path.of("src/test/resources/helm", name + ".txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The cluster with further items in one of its lists, by the list's place in the answer. */
    Captured withItems(int list, String json) {
        List<Api.Got> all = Api.read(cluster);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < all.size(); i++) {
            boolean here = i == list;
            text.append(here ? "{\"items\":[" + json + "]}" : all.get(i).body())
                    .append("\n")
                    .append(here ? 200 : all.get(i).status())
                    .append("\n");
        }
        return new Captured(text.toString(), release, objects, rendered, rehearsal);
    }

    Captured withObjects(String from, String to) {
        return new Captured(cluster, release, replaced(objects, from, to), rendered, rehearsal);
    }

    /** Helm's own JSON changed; labels and the server's clock are outside of it. */
    Captured withRelease(UnaryOperator<String> edit) {
        int at = release.indexOf("\nrelease ") + 1;
        String[] words = release.substring(at).split(" ", 3);
        String json = edit.apply(Packed.text(Base64.getDecoder().decode(words[2].strip())));
        String packed = Base64.getEncoder().encodeToString(gzip(json));
        return new Captured(
                cluster, release.substring(0, at) + "release " + words[1] + " " + packed, objects, rendered, rehearsal);
    }

    Captured withHead(String from, String to) {
        return new Captured(cluster, replaced(release, from, to), objects, rendered, rehearsal);
    }

    Captured withRendered(String text) {
        return new Captured(cluster, release, objects, text, rehearsal);
    }

    /** With what a server with the chart answered to the rehearsal, from a file of that name. */
    Captured withRehearsal(String name) {
        return new Captured(cluster, release, objects, rendered, read(name));
    }

    Captured withRehearsal(String from, String to) {
        return new Captured(cluster, release, objects, rendered, replaced(rehearsal, from, to));
    }

    Captured withoutRelease() {
        return new Captured(cluster, "at 1795291977 \n200\n{\"items\":[]}\n", objects, rendered, rehearsal);
    }

    private static String replaced(String text, String from, String to) {
        if (!text.contains(from)) {
            throw new AssertionError("there is no '" + from + "' in " + text);
        }
        return text.replace(from, to);
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** What the resource's probes read, those of the second round trip too. */
    Readings readings(Resource resource) {
        Map<String, Reading<?>> all = new HashMap<>();
        resource.probes().forEach(probe -> all.put(probe.id(), read(probe)));
        Readings first = new Readings(all);
        resource.then(first).forEach(probe -> all.put(probe.id(), read(probe)));
        return new Readings(all);
    }

    private <T> Reading<T> read(Probe<T> probe) {
        if (probe.id().startsWith("rehearsal:")) {
            return read(probe, rehearsal.getBytes(StandardCharsets.UTF_8));
        }
        byte[] out = probe.id().startsWith("rendered:")
                ? (rendered.equals("unknown") ? rendered.getBytes(StandardCharsets.UTF_8) : gzip(rendered))
                : probe.id().startsWith("objects:")
                        ? gzip(objects)
                        : probe.id().equals("helm:cluster") ? gzip(cluster) : release.getBytes(StandardCharsets.UTF_8);
        return read(probe, out);
    }

    private static <T> Reading<T> read(Probe<T> probe, byte[] out) {
        try {
            return new Reading.Known<>(probe.parser().apply(new Answer(0, out, false)));
        } catch (RuntimeException e) {
            return new Reading.Unknown<>(String.valueOf(e.getMessage()));
        }
    }
}

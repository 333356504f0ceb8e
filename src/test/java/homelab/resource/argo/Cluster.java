package homelab.resource.argo;

import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.helm.ClusterLook;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** What a server answers whose cluster has these Applications. */
final class Cluster {
    private static final String NONE = "{\"items\":[]}\n200\n";

    private Cluster() {}

    static Status judges(Resource resource, String... applications) {
        return resource.status(with("{\"items\":[" + String.join(",", applications) + "]}\n200\n"));
    }

    static Readings readings(String... applications) {
        return with("{\"items\":[" + String.join(",", applications) + "]}\n200\n");
    }

    static Readings withoutArgoCd() {
        return with("{\"code\":404}\n404\n");
    }

    private static Readings with(String applications) {
        Probe<ClusterLook> probe = ClusterLook.PROBE;
        Answer answer = new Answer(0, gzip(NONE + NONE + applications), false);
        return new Readings(
                Map.of(probe.id(), new Reading.Known<>(probe.parser().apply(answer))));
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

    /** An Application whose metadata and spec go on with these, e.g. {@code ,"finalizers":[]}. */
    static String application(String name, String metadata, String spec, String status) {
        return """
                {"metadata":{"name":"%s","namespace":"argocd"%s},"spec":{%s},"status":{%s}}""".formatted(name, metadata, spec, status);
    }
}

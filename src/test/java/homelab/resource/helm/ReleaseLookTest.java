package homelab.resource.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script itself: all revisions of a release come of one answer of the API. */
class ReleaseLookTest {
    @TempDir
    private Path folder;

    private static String packed(int number, String status) throws IOException {
        String json = "{\"name\":\"whoami\",\"version\":" + number
                + ",\"namespace\":\"web\",\"manifest\":\"\",\"info\":{\"status\":\""
                + status + "\"},\"chart\":{\"metadata\":{\"name\":\"whoami\",\"version\":\"1.0.0\"},"
                + "\"files\":[{\"name\":\"a\",\"data\":\"bG9uZw==\"}]},\"config\":{\"replicas\":" + number + "}}";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(json.getBytes(StandardCharsets.UTF_8));
        }
        String once = Base64.getEncoder().encodeToString(bytes.toByteArray());
        return Base64.getEncoder().encodeToString(once.getBytes(StandardCharsets.UTF_8));
    }

    private static String secret(int number, String status) throws IOException {
        return "{\"metadata\":{\"name\":\"sh.helm.release.v1.whoami.v" + number + "\",\"namespace\":\"web\",\"labels\":"
                + "{\"homelab/run\":\"run-" + number + "\"}},\"data\":{\"release\":\"" + packed(number, status)
                + "\"},\"type\":\"helm.sh/release.v1\"}";
    }

    private ReleaseLook look(String answer, int status) throws Exception {
        Path body = Files.writeString(folder.resolve("body"), answer + "\n\n" + status + "\n");
        String curl = "#!/bin/sh\nread -r url; echo \"$url\" >>\"$ASKED\"; cat " + body + "\n";
        return new CurlDouble(folder, curl).ask(ReleaseLook.probe("web", "whoami"));
    }

    @Test
    void readsAllRevisionsOutOfOneAnswer() throws Exception {
        ReleaseLook look = look(
                "{\"kind\":\"SecretList\",\"metadata\":{\"resourceVersion\":\"7\"},\"items\":["
                        + secret(4, "pending-upgrade") + "," + secret(3, "deployed") + "]}",
                200);

        assertThat(look.revisions())
                .extracting(Revision::number, Revision::status, Revision::values, Revision::labels)
                .containsExactly(
                        tuple(3, "deployed", Map.of("replicas", 3), Map.of("homelab/run", "run-3")),
                        tuple(4, "pending-upgrade", Map.of("replicas", 4), Map.of("homelab/run", "run-4")));
        assertThat(Files.readAllLines(folder.resolve("asked"))).hasSize(1);
    }

    @Test
    void knowsOfNoneWhereThereIsNone() throws Exception {
        assertThat(look("{\"kind\":\"SecretList\",\"items\":[]}", 200).newest()).isEmpty();
    }

    @Test
    void tellsTheStatusOfAnApiThatDoesNotTell() {
        assertThatThrownBy(() -> look("{\"kind\":\"Status\"}", 503)).hasMessageContaining("HTTP 503");
    }
}

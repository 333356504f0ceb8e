package homelab.resource.helm;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.probe.Answer;
import homelab.probe.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Runs a probe's script where curl is a script of a test's, which reads urls and answers as the API does. */
record CurlDouble(Path folder, String script) {

    /** What the probe makes of it. The script writes to {@code $ASKED}, if it likes, the file "asked" in the folder. */
    <T> T ask(Probe<T> probe) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("client-admin.key"), "");
        Path curl = Files.writeString(folder.resolve("curl"), script);
        assertThat(curl.toFile().setExecutable(true)).isTrue();
        ProcessBuilder builder = new ProcessBuilder(
                "sh", "-c", probe.shell().replace("/var/lib/rancher/k3s/server/tls", folder.toString()));
        builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        builder.environment().put("ASKED", folder.resolve("asked").toString());
        Process process = builder.start();
        byte[] out = process.getInputStream().readAllBytes();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return probe.parser().apply(new Answer(process.exitValue(), out, false));
    }
}

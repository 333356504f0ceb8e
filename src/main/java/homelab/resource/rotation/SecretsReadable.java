package homelab.resource.rotation;

import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.List;

/** The API of this server can read every Secret: it lists none if it lacks the key of one. Names alone are asked for. */
public record SecretsReadable() implements Resource {
    private static final Probe<String> PROBE = new Probe<>(
            "secrets readable",
            Probe.LIFTED + "/usr/local/bin/k3s kubectl get secrets -A -o name --request-timeout=30s 2>&1 >/dev/null",
            Duration.ofSeconds(45),
            SecretsReadable::trouble);

    private static String trouble(Answer answer) {
        String said = answer.text().strip().lines().reduce("", (before, line) -> line);
        return answer.ok() ? "" : said.isEmpty() ? "exit code " + answer.exit() : said;
    }

    @Override
    public String id() {
        return "all Secrets";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(PROBE),
                said -> said.isEmpty() ? Status.SAME : Status.drift(Worst.WAIT, id(), said, "readable"));
    }

    @Override
    public Deed deed() {
        return new Deed.Await();
    }

    @Override
    public Duration patience() {
        return Duration.ofMinutes(3);
    }
}

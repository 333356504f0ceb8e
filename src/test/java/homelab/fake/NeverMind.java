package homelab.fake;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A resource for tests that never becomes what it should be, and knows why. */
public record NeverMind(String why) implements Resource {

    @Override
    public String id() {
        return "service never";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(Probe.text("never", ":"));
    }

    @Override
    public Status status(Readings readings) {
        return Status.drift(Worst.START, id(), "activating", "active");
    }

    @Override
    public Deed deed() {
        return Deed.Shell.of(":");
    }

    @Override
    public Duration patience() {
        return Duration.ofMinutes(5);
    }

    @Override
    public List<Probe<Optional<String>>> vain() {
        return List.of(Probe.of(
                "in vain",
                "echo '" + why + "'",
                answer -> Optional.of(answer.text().strip()).filter(text -> !text.isEmpty())));
    }
}

package homelab.resource;

import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import java.util.List;

/** kubectl, crictl and ctr as other names of k3s. A program of that name that somebody else installed stays. */
public record K3sLinks() implements Resource {
    private static final Probe<String> PROBE = Probe.text("k3s links", """
            for name in kubectl crictl ctr; do
              link=/usr/local/bin/$name
              if [ -L "$link" ] && [ ! -e "$link" ] && [ "$(readlink "$link")" != k3s ]; then echo "$name dangles"
              elif [ ! -L "$link" ] && ! command -v "$name" >/dev/null; then echo "$name absent"; fi
            done
            """);

    @Override
    public String id() {
        return "links to k3s";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(PROBE);
    }

    @Override
    public Status status(Readings readings) {
        if (!(readings.of(PROBE) instanceof Reading.Known<String> known)) {
            return new Status.Unknown("the links could not be looked at");
        }
        List<Change> changes = known.value()
                .lines()
                .map(line -> line.split(" "))
                .map(words -> new Change("/usr/local/bin/" + words[0], words[1], "link to k3s"))
                .toList();
        return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, Worst.CREATE);
    }

    @Override
    public Deed deed() {
        return Deed.Shell.of("""
                set -eu
                cd /usr/local/bin
                for name in kubectl crictl ctr; do
                  if [ ! -e "$name" ] && { [ -L "$name" ] || ! command -v "$name" >/dev/null; }; then ln -sfn k3s "$name"; fi
                done
                """);
    }
}

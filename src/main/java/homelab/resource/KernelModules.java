package homelab.resource;

import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Kernel modules that are loaded, or built into the kernel. That they come back at boot is a file's affair. */
public record KernelModules(List<String> names) implements Resource {

    public KernelModules {
        names = List.copyOf(names);
    }

    @Override
    public String id() {
        return "kernel modules";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(look(), Container.PROBE);
    }

    /** Module to "there" or "absent". A driver that is built in without parameters shows in modules.builtin alone. */
    private Probe<Map<String, String>> look() {
        String shell = """
                builtin() { grep -qs "/$m\\.ko" "/lib/modules/$(uname -r)/modules.builtin"; }
                for m in %s; do
                  if [ -d "/sys/module/$m" ] || grep -q "^$m " /proc/modules || builtin; then
                    echo "$m there"
                  else
                    echo "$m absent"
                  fi
                done
                """.formatted(Sh.quote(names));
        return Probe.of("kernel modules:" + String.join(",", names), shell, KernelModules::parse);
    }

    private static Map<String, String> parse(Answer answer) {
        Map<String, String> found = new LinkedHashMap<>();
        answer.text().lines().map(line -> line.split(" ", 2)).forEach(pair -> found.put(pair[0], pair[1]));
        return found;
    }

    @Override
    public Status status(Readings readings) {
        if (!(readings.of(look()) instanceof Reading.Known<Map<String, String>> known)) {
            return new Status.Unknown("the kernel's modules could not be read");
        }
        List<Change> changes = new ArrayList<>();
        known.value().forEach((name, is) -> {
            if (!is.equals("there")) {
                changes.add(new Change("kernel module " + name, is, "loaded"));
            }
        });
        if (changes.isEmpty()) {
            return Status.SAME;
        }
        return readings.of(Container.PROBE).known().orElse(false)
                ? new Status.NotHere("a container has its machine's kernel and loads no modules")
                : new Status.Drift(changes, Worst.CREATE);
    }

    @Override
    public Deed deed() {
        return Deed.Shell.of("""
                failed=0
                for m in %s; do
                  modprobe "$m" && continue
                  failed=1
                  echo "the kernel $(uname -r) has no module $m; on Ubuntu: apt-get install linux-modules-extra-raspi" >&2
                done
                exit $failed
                """.formatted(Sh.quote(names)));
    }
}

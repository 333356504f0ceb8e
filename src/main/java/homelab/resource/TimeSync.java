package homelab.resource;

import homelab.probe.Probe;
import homelab.probe.Readings;
import java.time.Duration;
import java.util.List;

/** A service that keeps the clock; any will do. A Pi without a battery boots in the past, and certificates need the present. */
public record TimeSync() implements Resource {
    private static final List<String> SERVICES =
            List.of("chrony", "chronyd", "ntpsec", "ntp", "ntpd", "openntpd", "systemd-timesyncd");

    /** A unit that runs has a link there. To ask systemctl of units that are not installed is slow. */
    private static final String LOOK = """
            [ -d /run/systemd/units ] || exit 3
            for s in %s; do
              [ -L "/run/systemd/units/invocation:$s.service" ] || continue
              if systemctl is-active -q "$s"; then echo "$s"; break; fi
            done
            :
            """;

    private static final Probe<String> RUNNING =
            Probe.of("time service", LOOK.formatted(String.join(" ", SERVICES)), answer -> {
                if (!answer.ok()) {
                    throw new IllegalStateException("systemd does not run");
                }
                return answer.text().strip();
            });

    @Override
    public String id() {
        return "time service";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(RUNNING, Container.PROBE);
    }

    @Override
    public Status status(Readings readings) {
        if (readings.of(Container.PROBE).known().orElse(false)) {
            return new Status.NotHere("a container has its machine's clock");
        }
        return Status.of(
                readings.of(RUNNING),
                service -> service.isEmpty()
                        ? Status.drift(Worst.START, id(), "none runs", "the installed one, or systemd-timesyncd")
                        : Status.SAME);
    }

    @Override
    public Deed deed() {
        return new Deed.Shell("""
                set -eu
                for s in %s; do
                  if systemctl cat "$s" >/dev/null 2>&1; then systemctl enable -q --now "$s"; exit 0; fi
                done
                DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends \\
                  systemd-timesyncd </dev/null >/dev/null
                systemctl enable -q --now systemd-timesyncd
                """.formatted(String.join(" ", SERVICES)), Duration.ofMinutes(10));
    }
}

package homelab.resource;

import homelab.model.Secret;
import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Readings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Debian packages that have to be there, in whatever version. None is ever removed.
 *
 * @param environment in which apt runs: the proxy through which it reaches its archive, if there is one
 */
public record Packages(List<String> names, Map<String, Secret> environment) implements Resource {
    /** A small SD card unpacks slowly, and unattended-upgrades may hold the lock for minutes. */
    private static final Duration LIMIT = Duration.ofMinutes(20);

    public Packages {
        names = List.copyOf(names);
        environment = Map.copyOf(environment);
    }

    public Packages(List<String> names) {
        this(names, Map.of());
    }

    @Override
    public String id() {
        return "packages";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(missing());
    }

    private Probe<Set<String>> missing() {
        String query = "command -v dpkg-query >/dev/null || { echo 'no dpkg-query'; exit 3; }\n"
                + "dpkg-query -W -f '${Package} ${db:Status-Status}\\n' " + Sh.quote(names) + " 2>/dev/null || true";
        return Probe.of("packages:" + String.join(",", names), query, this::parse);
    }

    /** Every name whose line does not say "installed": dpkg also knows of half-installed and removed ones. */
    private Set<String> parse(Answer answer) {
        if (!answer.ok()) {
            throw new IllegalStateException(
                    "this is no Debian: " + answer.text().strip());
        }
        Set<String> installed = answer.text()
                .lines()
                .filter(line -> line.endsWith(" installed"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>(names);
        missing.removeAll(installed);
        return missing;
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(missing()), this::judged);
    }

    private Status judged(Set<String> missing) {
        List<Change> changes = missing.stream()
                .map(name -> new Change("package " + name, "absent", "installed"))
                .toList();
        return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, Worst.CREATE);
    }

    /**
     * The lists that are there are tried first, which spares most runs the long update; only then are they renewed, and
     * an installation that a power cut broke off is finished.
     */
    @Override
    public Deed deed() {
        return new Deed.Shell(new Exports(environment).text() + """
                export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1
                apt() { apt-get -q -y -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confold "$@" </dev/null; }
                new() { apt install --no-install-recommends %s; }
                new >/dev/null 2>&1 && exit 0
                dpkg --configure -a --force-confold </dev/null >/dev/null 2>&1
                apt update >/dev/null || true
                new >/dev/null
                """.formatted(Sh.quote(names)), LIMIT);
    }
}

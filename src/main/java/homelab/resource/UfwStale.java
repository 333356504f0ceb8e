package homelab.resource;

import homelab.probe.Probe;
import homelab.probe.Readings;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Rules of ours, by their comment, that the inventory no longer wants: deleted. Those of others never are. */
public record UfwStale(List<UfwRule> wanted, UfwGuard guard) implements Resource {

    public UfwStale {
        wanted = List.copyOf(wanted);
    }

    @Override
    public String id() {
        return "stale firewall rules";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(UfwLook.RULES, guard.probe());
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(UfwLook.RULES), held -> judged(held, readings));
    }

    private Status judged(List<UfwRule> held, Readings readings) {
        List<Change> changes = stale(held, wanted).stream()
                .map(rule -> new Change("firewall", rule.text(), "absent"))
                .toList();
        return changes.isEmpty()
                ? Status.SAME
                : guard.unlessShutOut(readings, wanted, new Status.Drift(changes, Worst.DELETE));
    }

    static List<UfwRule> stale(List<UfwRule> held, List<UfwRule> wanted) {
        return held.stream()
                .filter(rule -> rule.ours() && wanted.stream().noneMatch(rule::sameTraffic))
                .toList();
    }

    @Override
    public Deed deed() {
        String tuples = wanted.stream().map(rule -> rule.tuple() + "\n").collect(Collectors.joining());
        return Deed.UntilConfirmed.of(UfwReturn.LONGER + """
                wanted=$(mktemp)
                trap 'rm -f "$wanted"' EXIT
                cat >"$wanted" <<'HOMELAB'
                %sHOMELAB
                ours=$(cat /etc/ufw/user.rules /etc/ufw/user6.rules 2>/dev/null |
                  sed -n 's/^### tuple ### \\(.*\\) comment=686f6d656c61623a20.*/\\1/p' | grep -vxF -f "$wanted")
                echo "$ours" | while read -r action proto port to sport from way more; do
                  [ "$sport $way$more" = "any in" ] || continue
                  set -- delete "$action"
                  [ "$proto" = any ] || set -- "$@" proto "$proto"
                  set -- "$@" from "$from" to "$to"
                  [ "$port" = any ] || set -- "$@" port "$port"
                  longer
                  said=$(ufw "$@" </dev/null 2>&1) || { echo "ufw $*: $said" >&2; exit 1; }
                done
                """.formatted(tuples), Duration.ofMinutes(3));
    }
}

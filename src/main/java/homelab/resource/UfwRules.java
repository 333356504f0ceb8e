package homelab.resource;

import homelab.probe.Probe;
import homelab.probe.Readings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules that UFW must hold. A rule that somebody else made is as good as ours and keeps its comment; what others
 * made beside is kept, unless it forbids the very traffic that a rule of ours allows.
 */
public record UfwRules(List<UfwRule> wanted) implements Resource {

    public UfwRules {
        wanted = List.copyOf(wanted);
    }

    /** The rules of others in their order, but for those that do the work of one of ours. */
    @Override
    public List<String> kept(Readings readings) {
        return readings.of(UfwLook.RULES).known().orElse(List.of()).stream()
                .filter(rule -> !rule.ours() && wanted.stream().noneMatch(rule::sameTraffic))
                .map(UfwRule::text)
                .toList();
    }

    @Override
    public String id() {
        return "firewall rules";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(UfwLook.RULES);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(UfwLook.RULES), this::judged);
    }

    private Status judged(List<UfwRule> held) {
        List<Change> changes = new ArrayList<>();
        Worst worst = Worst.CREATE;
        for (UfwRule rule : wanted) {
            Optional<UfwRule> same = held.stream().filter(rule::sameTraffic).findFirst();
            if (same.isPresent() && satisfies(same.get(), rule)) {
                continue;
            }
            changes.add(new Change("firewall", same.map(UfwRule::text).orElse("absent"), rule.text()));
            worst = same.isPresent() ? Worst.REPLACE : worst;
        }
        return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, worst);
    }

    private static boolean satisfies(UfwRule held, UfwRule wanted) {
        return held.tuple().equals(wanted.tuple()) && (held.comment().equals(wanted.comment()) || !held.ours());
    }

    @Override
    public Deed deed() {
        StringBuilder script = new StringBuilder(UfwReturn.LONGER + """
                held() { cat /etc/ufw/user.rules /etc/ufw/user6.rules 2>/dev/null | grep -F "### tuple ### $1" ; }
                want() {
                  tuple=$1; shift
                  # What others hold already keeps their comment.
                  if held "$tuple" | grep -v ' comment=686f6d656c61623a20' | sed 's/ comment=.*//' |
                    grep -qxF "### tuple ### $tuple"; then return 0; fi
                  longer
                  said=$(ufw "$@" </dev/null 2>&1) || { echo "ufw $*: $said" >&2; exit 1; }
                }
                """);
        wanted.forEach(rule -> script.append("want " + Sh.quote(rule.tuple()) + " " + Sh.quote(rule.words()) + "\n"));
        return Deed.UntilConfirmed.of(script.toString(), Duration.ofMinutes(3));
    }
}

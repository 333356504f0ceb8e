package homelab.resource;

import homelab.probe.Probe;
import homelab.probe.Readings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * UFW at work, now and at boot: what comes in is refused unless a rule allows it, what goes out is free, and what is routed
 * is let through, since every packet of a pod is routed and network policies are the ones to judge it.
 *
 * @param wanted the rules that are there by then
 */
public record UfwOn(List<UfwRule> wanted, UfwGuard guard) implements Resource {

    /** A reload does not hang chains in again that were flushed out of INPUT. */
    private static final String AGAIN_FOR_SIX = """
            if ! ip6tables -w 5 -S INPUT 2>/dev/null | grep -q -e '-j ufw6-before-input$'; then unhang ip6tables; fi
            say reload""";

    public UfwOn {
        wanted = List.copyOf(wanted);
    }

    @Override
    public String id() {
        return "firewall";
    }

    @Override
    public List<Probe<?>> probes() {
        return ofSixToo()
                ? List.of(UfwLook.STATE, UfwLook.RULES, guard.probe(), UfwLook.SIX)
                : List.of(UfwLook.STATE, UfwLook.RULES, guard.probe());
    }

    private boolean ofSixToo() {
        return UfwSix.isNeededBy(wanted);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(UfwLook.STATE),
                is -> ofSixToo()
                        ? Status.of(readings.of(UfwLook.SIX), six -> judged(is, six.loaded(), readings))
                        : judged(is, true, readings));
    }

    private Status judged(UfwLook.State is, boolean six, Readings readings) {
        List<Change> changes = changes(is);
        if (is.loaded() && !six) {
            changes.add(new Change("firewall now, for IPv6", "off", "on"));
        }
        if (changes.isEmpty()) {
            return Status.SAME;
        }
        Worst worst = is.loaded() ? Worst.CHANGE : Worst.START;
        return guard.unlessShutOut(readings, wanted, new Status.Drift(changes, worst));
    }

    private static List<Change> changes(UfwLook.State is) {
        List<Change> changes = new ArrayList<>();
        compare("firewall default for incoming", is.incoming(), "DROP", changes);
        compare("firewall default for outgoing", is.outgoing(), "ACCEPT", changes);
        compare("firewall default for routed", is.routed(), "ACCEPT", changes);
        compare("firewall at boot", is.atBoot() ? "on" : "off", "on", changes);
        compare("firewall now", is.loaded() ? "on" : "off", "on", changes);
        return changes;
    }

    private static void compare(String what, String is, String wanted, List<Change> changes) {
        if (!is.equals(wanted)) {
            changes.add(new Change(what, is, wanted));
        }
    }

    /** The chains may be gone from the kernel while the files say "enabled"; then only a reload brings them back. */
    @Override
    public Deed deed() {
        return Deed.UntilConfirmed.of(
                UfwReturn.LONGER + """
                set -eu
                """ + UfwBack.REMEMBER
                        + """
                # UFW hangs its chains into INPUT only when it makes them: after a flush of INPUT they must go first.
                unhang() {
                  $1 -w 5 -P INPUT ACCEPT 2>/dev/null || return 0
                  $1 -w 5 -S | sed -n 's/^-A \\([A-Z]*\\) -j \\(ufw6*-[a-z-]*\\)$/\\1 \\2/p' |
                    while read -r from to; do $1 -w 5 -D "$from" -j "$to"; done
                  chains=$($1 -w 5 -S | sed -n 's/^-N \\(ufw6*-[^ ]*\\)$/\\1/p')
                  for chain in $chains; do $1 -w 5 -F "$chain"; done
                  for chain in $chains; do $1 -w 5 -X "$chain"; done
                }
                say() { longer; said=$(ufw "$@" </dev/null 2>&1) || { echo "ufw $*: $said" >&2; exit 1; }; }
                say default deny incoming
                say default allow outgoing
                say default allow routed
                say --force enable
                %s
                works || say reload
                works || { unhang iptables; unhang ip6tables; say reload; }
                %s
                """.formatted(UfwLook.WORKS, ofSixToo() ? AGAIN_FOR_SIX : ""),
                Duration.ofSeconds(90));
    }
}

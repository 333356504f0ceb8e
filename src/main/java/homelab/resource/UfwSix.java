package homelab.resource;

import homelab.probe.Probe;
import homelab.probe.Readings;
import java.time.Duration;
import java.util.List;

/**
 * That UFW filters IPv6 too, where a rule of the inventory is about IPv6. With {@code IPV6=no} it drops all of it, and its
 * command takes no such rule.
 */
public record UfwSix() implements Resource {

    /** Whether any of the rules needs it. */
    public static boolean isNeededBy(List<UfwRule> rules) {
        return rules.stream().anyMatch(rule -> rule.source().contains(":"));
    }

    @Override
    public String id() {
        return "firewall for IPv6";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(UfwLook.SIX);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(UfwLook.SIX),
                six -> six.wanted()
                        ? Status.SAME
                        : Status.drift(Worst.CHANGE, "IPV6 in /etc/default/ufw", "no", "yes"));
    }

    /** Where UFW is on it has no chains of IPv6 yet to put rules into. */
    @Override
    public Deed deed() {
        return Deed.UntilConfirmed.of(UfwReturn.LONGER + "set -eu\n" + UfwBack.REMEMBER + """
                longer
                sed -i '/^IPV6=/d' /etc/default/ufw
                echo IPV6=yes >>/etc/default/ufw
                if grep -qsxi 'ENABLED=yes' /etc/ufw/ufw.conf; then
                  said=$(ufw reload </dev/null 2>&1) || { echo "ufw reload: $said" >&2; exit 1; }
                fi
                """, Duration.ofSeconds(90));
    }
}

package homelab.doctor.net;

import homelab.probe.Answer;
import homelab.probe.Probe;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a host's UFW does with what comes in. Its files are asked rather than {@code ufw status}, which shortens rules and
 * starts Python; whether they are in force is asked of the kernel.
 *
 * @param settings of /etc/default/ufw by name; empty without UFW
 * @param atBoot whether it starts with the host
 * @param loaded whether the kernel has its chains now
 * @param flannelForwards whether flannel lets pods' packets through on its own
 * @param rules in the order in which they are tried
 */
record Ufw(Map<String, String> settings, boolean atBoot, boolean loaded, boolean flannelForwards, List<UfwLine> rules) {
    private static final String TUPLE = "### tuple ### ";

    /**
     * Rules for routed packets and for what goes out are left out: other checks measure those. {@code ufw disable} empties
     * its chains and leaves the way into them.
     */
    static final Probe<Ufw> PROBE = Probe.of("doctor:ufw", """
            [ ! -e /etc/default/ufw ] || grep '^DEFAULT_[A-Z]*_POLICY=' /etc/default/ufw | tr -d '"'
            if grep -qsxi 'ENABLED=yes' /etc/ufw/ufw.conf; then echo ENABLED=yes; fi
            if iptables -w 5 -S INPUT 2>/dev/null | grep -q -e '-j ufw-before-input$' &&
              iptables -w 5 -S ufw-before-input 2>/dev/null | grep -q '^-A'; then echo LOADED=yes; fi
            if iptables -w 5 -S FORWARD 2>/dev/null | grep -q -e '-j FLANNEL-FWD$'; then echo FLANNEL=yes; fi
            cat /etc/ufw/user.rules /etc/ufw/user6.rules 2>/dev/null | sed -n '/^### tuple ###/{s/ comment=.*//;p;}' |
              grep -v -e 'tuple ### route:' -e ' out[^ ]*$'
            :
            """, Ufw::parse);

    /** @param by the rule that decided, or the default */
    record Ruling(boolean allowed, String by, Optional<UfwLine> refusedInPart) {}

    Ufw {
        settings = Map.copyOf(settings);
        rules = List.copyOf(rules);
    }

    private static Ufw parse(Answer answer) {
        if (answer.cut()) {
            throw new IllegalStateException("UFW has more rules than can be read");
        }
        Map<String, String> settings = new HashMap<>();
        List<UfwLine> rules = new ArrayList<>();
        answer.text().lines().forEach(line -> {
            if (line.startsWith(TUPLE)) {
                rules.add(UfwLine.parse(line.substring(TUPLE.length())));
            } else if (line.contains("=")) {
                settings.put(
                        line.substring(0, line.indexOf('=')),
                        line.substring(line.indexOf('=') + 1).strip());
            }
        });
        return new Ufw(
                settings,
                settings.containsKey("ENABLED"),
                settings.containsKey("LOADED"),
                settings.containsKey("FLANNEL"),
                rules);
    }

    /** "DROP", "ACCEPT" or "REJECT"; "absent" where it is not said. @param chain "INPUT", "FORWARD" */
    String policy(String chain) {
        return settings.getOrDefault("DEFAULT_" + chain + "_POLICY", "absent");
    }

    boolean installed() {
        return settings.containsKey("DEFAULT_INPUT_POLICY");
    }

    /** The first rule that decides over all of the traffic, as the kernel would find it, or else the default. */
    Ruling ruling(Traffic traffic) {
        Optional<UfwLine> partly = Optional.empty();
        for (UfwLine rule : rules) {
            if (rule.touches(traffic) && rule.covers(traffic)) {
                return new Ruling(rule.allows(), rule.text(), partly);
            }
            if (rule.touches(traffic) && !rule.allows() && partly.isEmpty()) {
                partly = Optional.of(rule);
            }
        }
        String policy = policy("INPUT");
        return new Ruling(policy.equals("ACCEPT"), "the default for incoming, " + policy, partly);
    }
}

package homelab.resource;

import homelab.probe.Answer;
import homelab.probe.Probe;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a host's UFW says. user.rules is asked rather than {@code ufw status}, which shortens rules and starts Python. */
public final class UfwLook {
    /**
     * Defines {@code works}: whether UFW's chains are in the kernel, full and asked. {@code ufw disable} empties them and
     * leaves the ways into them; whoever flushes one by hand leaves all the others.
     */
    static final String WORKS = """
            works() {
              now=$(iptables -w 5 -S 2>/dev/null) || return 1
              set -- $(echo "$now" | grep -c -e '^-A INPUT -j ufw-before-input$' -e '^-P INPUT DROP$') \\
                $(echo "$now" | grep -c '^-A ufw-before-input ') \\
                $(echo "$now" | grep -c '^-A ufw-user-input ') \\
                $(cat /etc/ufw/user.rules 2>/dev/null | grep -c '^-A ufw-user-input ')
              [ "$1" = 2 ] && [ "$2" -gt 0 ] && [ "$3" = "$4" ]
            }""";

    /**
     * Policies as /etc/default/ufw has them ("DROP", "ACCEPT", "REJECT"; "absent" without UFW), whether UFW starts at boot,
     * and whether the kernel has its chains now.
     */
    public record State(String incoming, String outgoing, String routed, boolean atBoot, boolean loaded) {}

    /** The user's rules in their order, IPv4 before IPv6; none without UFW. */
    public static final Probe<List<UfwRule>> RULES = Probe.of(
            "ufw rules",
            "cat /etc/ufw/user.rules /etc/ufw/user6.rules 2>/dev/null | grep '^### tuple ###' || true",
            UfwLook::rules);

    public static final Probe<State> STATE = Probe.of("ufw state", WORKS + "\n" + """
            [ ! -e /etc/default/ufw ] || grep '^DEFAULT_[A-Z]*_POLICY=' /etc/default/ufw | tr -d '"'
            if grep -qsxi 'ENABLED=yes' /etc/ufw/ufw.conf; then echo ENABLED=yes; fi
            if works; then echo LOADED=yes; fi
            """, UfwLook::state);

    /** @param wanted whether UFW filters IPv6 by its own settings, as it does where it is yet to come; @param loaded whether the kernel asks its chains for it */
    record Six(boolean wanted, boolean loaded) {}

    /** Asked only where a rule is about IPv6. */
    static final Probe<Six> SIX = Probe.of(
            "ufw ipv6",
            """
            if [ ! -e /etc/default/ufw ] || grep -qsxi 'IPV6="\\{0,1\\}yes"\\{0,1\\}' /etc/default/ufw; then echo IPV6=yes; fi
            now=$(ip6tables -w 5 -S 2>/dev/null)
            set -- $(echo "$now" | grep -c -e '^-A INPUT -j ufw6-before-input$' -e '^-P INPUT DROP$') \\
              $(echo "$now" | grep -c '^-A ufw6-user-input ') \\
              $(cat /etc/ufw/user6.rules 2>/dev/null | grep -c '^-A ufw6-user-input ')
            if [ "$1" = 2 ] && [ "$2" = "$3" ]; then echo LOADED=yes; fi
            """,
            answer -> new Six(answer.text().contains("IPV6=yes"), answer.text().contains("LOADED=yes")));

    private UfwLook() {}

    private static List<UfwRule> rules(Answer answer) {
        if (answer.cut()) {
            throw new IllegalStateException("there are more rules than can be read");
        }
        return answer.text().lines().map(UfwRule::parse).toList();
    }

    private static State state(Answer answer) {
        Map<String, String> found = new HashMap<>();
        answer.text().lines().map(line -> line.split("=", 2)).forEach(pair -> found.put(pair[0], pair[1].strip()));
        return new State(
                found.getOrDefault("DEFAULT_INPUT_POLICY", "absent"),
                found.getOrDefault("DEFAULT_OUTPUT_POLICY", "absent"),
                found.getOrDefault("DEFAULT_FORWARD_POLICY", "absent"),
                found.containsKey("ENABLED"),
                found.containsKey("LOADED"));
    }
}

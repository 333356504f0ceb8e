package homelab.resource;

import homelab.model.Ip;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import homelab.problem.Problem;
import homelab.resource.reset.PacketRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * UFW as it was before homelab: without our rules, with the defaults that were written down when they were first changed.
 * Where nothing was written down it stays on only if others have rules in it, and is otherwise off, as systems come. It is
 * switched off before a rule goes, so that no moment shuts anybody out; kept on it is not where that would.
 */
public record UfwBack(UfwGuard guard) implements Resource {
    private static final String RECORD = "/var/lib/homelab/ufw-before";

    /** How UFW stood, written down once, before the first change; part of a script with {@code set -eu}. */
    static final String REMEMBER = """
            if [ ! -e %1$s ]; then
              mkdir -p /var/lib/homelab
              { grep -e '^DEFAULT_[A-Z]*_POLICY=' -e '^IPV6=no' /etc/default/ufw | tr -d '"'
                if grep -qsxi 'ENABLED=yes' /etc/ufw/ufw.conf; then echo ENABLED=yes; fi; } >%1$s.part
              mv %1$s.part %1$s
            fi
            """.formatted(RECORD);

    private static final Probe<Map<String, String>> BEFORE = Probe.of(
            "ufw before homelab",
            "cat " + RECORD + " 2>/dev/null || :",
            answer -> answer.text()
                    .lines()
                    .map(line -> line.split("=", 2))
                    .collect(Collectors.toMap(pair -> pair[0], pair -> pair[pair.length - 1].strip())));

    @Override
    public String id() {
        return "firewall as before";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(UfwLook.STATE, UfwLook.RULES, BEFORE, guard.probe());
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(UfwLook.STATE),
                is -> Status.of(
                        readings.of(UfwLook.RULES),
                        rules -> Status.of(readings.of(BEFORE), before -> judged(is, rules, before, readings))));
    }

    private Status judged(UfwLook.State is, List<UfwRule> rules, Map<String, String> before, Readings readings) {
        List<UfwRule> ours = rules.stream().filter(UfwRule::ours).toList();
        if (ours.isEmpty() && before.isEmpty()) {
            return Status.SAME;
        }
        List<UfwRule> others = rules.stream().filter(rule -> !rule.ours()).toList();
        boolean stays = before.isEmpty() ? !others.isEmpty() : before.containsKey("ENABLED");
        if (stays) {
            Optional<Problem> against = against(others, readings);
            if (against.isPresent()) {
                return new Status.Refused(against.get());
            }
        }
        return new Status.Drift(changes(is, ours, before, stays), Worst.DELETE);
    }

    private static List<Change> changes(
            UfwLook.State is, List<UfwRule> ours, Map<String, String> before, boolean stays) {
        List<Change> changes = new ArrayList<>();
        if (!stays && (is.atBoot() || is.loaded())) {
            changes.add(new Change("firewall", "on", "off, as before homelab"));
        }
        if (!ours.isEmpty()) {
            changes.add(new Change("firewall", ours.size() + " rules of homelab", "none"));
        }
        String routed = before.getOrDefault("DEFAULT_FORWARD_POLICY", stays ? is.routed() : "DROP");
        if (!routed.equals(is.routed())) {
            changes.add(new Change("firewall default for routed", is.routed(), routed));
        }
        if (changes.isEmpty()) {
            changes.add(new Change(RECORD, "there", "absent"));
        }
        return changes;
    }

    private Optional<Problem> against(List<UfwRule> others, Readings readings) {
        if (!(readings.of(guard.probe()) instanceof Reading.Known<List<Ip>> peers)) {
            return Optional.of(Problem.of(
                    guard.node() + ": whom the firewall would shut out could not be looked at",
                    "it stays on for the sake of rules that are not homelab's",
                    "run it again"));
        }
        return peers.value().stream()
                .filter(peer -> !guard.admits(others, peer))
                .findFirst()
                .map(peer -> Problem.of(
                        guard.node() + ": without homelab's rules the firewall would shut out an SSH session",
                        "it was on before homelab, and no other rule allows SSH (port " + guard.sshPort() + ") from "
                                + peer,
                        "add a rule of your own: sudo ufw allow from " + peer + " to any port " + guard.sshPort()
                                + " proto tcp; or switch it off: sudo ufw disable"));
    }

    @Override
    public Deed deed() {
        String unrule = ((Deed.UntilConfirmed) new UfwStale(List.of(), guard).deed())
                .shell()
                .script();
        return new Deed.Shell("""
                say() { said=$(ufw "$@" </dev/null 2>&1) || { echo "ufw $*: $said" >&2; exit 1; }; }
                rec=%s on=
                if [ -e "$rec" ]; then
                  if grep -qx ENABLED=yes "$rec"; then on=yes; fi
                elif cat /etc/ufw/user.rules /etc/ufw/user6.rules | grep '^### tuple ###' |
                  grep -qv ' comment=686f6d656c61623a20'; then on=yes; fi
                [ -n "$on" ] || say disable
                (
                %s
                ) || exit 1
                default() {
                  was=$(sed -n "s/^DEFAULT_$1_POLICY=//p" "$rec" 2>/dev/null)
                  if [ -z "$was" ]; then if [ -n "$on" ]; then return 0; fi; was=$3; fi
                  case $was in ACCEPT) say default allow $2 ;; REJECT) say default reject $2 ;; *) say default deny $2 ;; esac
                }
                default INPUT incoming DROP
                default OUTPUT outgoing ACCEPT
                default FORWARD routed DROP
                if grep -qsx IPV6=no "$rec"; then
                  sed -i 's/^IPV6=.*/IPV6=no/' /etc/default/ufw
                  [ -z "$on" ] || say reload
                fi
                if [ -z "$on" ]; then
                (
                %s
                ) || exit 1
                fi
                rm -f "$rec"
                """.formatted(RECORD, unrule, PacketRules.drop("ufw6?-")), Duration.ofMinutes(4));
    }
}

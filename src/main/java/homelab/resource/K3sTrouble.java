package homelab.resource;

import homelab.probe.Probe;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A likely reason why k3s does not start, and what to do.
 *
 * @param pattern what its journal says then
 * @param passes whether it may pass by itself: a clock that is set, a server that comes up
 */
public record K3sTrouble(Pattern pattern, String cause, String fix, boolean passes) {
    private static final int ENOUGH_RESTARTS = 3;

    /** A minute at k3s's own pace of one try in five seconds. */
    private static final int FAR_TOO_MANY = 12;

    /** Microseconds in which no k3s comes as far as to wait for somebody. */
    private static final long AT_ONCE = 2_000_000;

    /** In rising order of how much else follows from them: the first that is found is the one to tell. */
    private static final List<K3sTrouble> KNOWN = List.of(
            trouble("no space left on device", "the disk is full", "make room on the host (df -h), then run again"),
            trouble(
                    "bootstrap data already found and encrypted with different token",
                    "the data of this cluster belongs to another token",
                    "put the cluster's first token back (k3s.token in the inventory)"),
            trouble(
                    "failed to find memory cgroup|cgroup.{0,40}memory.{0,40}(not|missing|disabled)|missing cgroups: .*memory",
                    "the memory cgroup is off",
                    "homelab bootstrap --only host --reboot puts cgroup_enable=memory on the kernel's command line"),
            trouble(
                    "critical configuration (value )?mismatch",
                    "a setting that all servers must share differs on this one",
                    "compare /etc/rancher/k3s/config.yaml of the servers; the line names the key"),
            trouble(
                    "duplicate node name found|member .*(already exists|has already been bootstrapped)|etcd cluster join failed",
                    "etcd still knows a member of this name",
                    "remove the dead member first (homelab remove-node), then join again"),
            passing(
                    "too many learner members",
                    "another server is joining at this moment",
                    "run again: servers join one at a time"),
            trouble(
                    "node password rejected|unable to verify (password|hash) for node",
                    "the cluster knows a node of this name with another password: a host name given twice, or a host that"
                            + " was installed anew",
                    "give the host another name, or remove the old node first (homelab remove-node)"),
            passing(
                    "certificate has expired.{0,80} is after",
                    "a certificate has expired, or the clock of a host is ahead",
                    "check `timedatectl` on the hosts; k3s renews its own certificates when its server is restarted"),
            passing(
                    "certificate has expired or is not yet valid|x509: .*not yet valid",
                    "the clock of this host is wrong",
                    "check `timedatectl` on the host; a Pi without a clock chip needs a time server"),
            trouble(
                    "token ca hash does not match|x509: certificate signed by unknown authority",
                    "the token or the certificates belong to another cluster",
                    "check that server and token are those of one cluster; a host with an older life needs homelab reset"),
            trouble(
                    "invalid token|token is not valid|not authorized|401 unauthorized|bootstrap.*unauthorized|failed to (normalize|parse).*token",
                    "the server does not take the token",
                    "check k3s.token in the inventory against /var/lib/rancher/k3s/server/token on the server, and whether a file"
                            + " in /etc/rancher/k3s/config.yaml.d on the host sets another"),
            trouble(
                    "bind: address already in use|listen tcp.*in use|port .* is already in use",
                    "another program has a port that k3s needs",
                    "`sudo ss -ltnp` on the host names it"),
            passing(
                    "unable to select an IP|no default routes? found|unable to find (default )?(route|interface)|network is unreachable",
                    "the host has no default route",
                    "give it one, even one that leads nowhere: k3s takes its address from it"),
            trouble(
                    "flag provided but not defined|unknown (key|flag)|invalid configuration",
                    "k3s does not know a setting",
                    "check k3s.config in the inventory against the release's documentation"),
            passing(
                    "connection refused|no route to host|i/o timeout|context deadline exceeded",
                    "the server cannot be reached from this host",
                    "check that the server runs and that its firewall lets TCP 6443 in"));

    private static K3sTrouble trouble(String pattern, String cause, String fix) {
        return new K3sTrouble(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), cause, fix, false);
    }

    private static K3sTrouble passing(String pattern, String cause, String fix) {
        return new K3sTrouble(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), cause, fix, true);
    }

    /** The likely cause and its remedy in one line. */
    public static Optional<String> guess(String journal) {
        return find(journal).map(K3sTrouble::told);
    }

    private String told() {
        return "likely " + cause + ": " + fix;
    }

    /** With the last line that says so. */
    private String told(String journal) {
        return told()
                + journal.lines()
                        .filter(line -> pattern.matcher(line).find())
                        .reduce((earlier, later) -> later)
                        .map(line -> "\n" + line)
                        .orElse("");
    }

    static Optional<K3sTrouble> find(String journal) {
        return KNOWN.stream()
                .filter(trouble -> trouble.pattern.matcher(journal).find())
                .findFirst();
    }

    /**
     * Why the unit will not come up by waiting: it ended again and again, for a reason that stays. What it said before a
     * person mended something counts no longer, so only its newest lines are read; it is asked more often than these age.
     */
    public static Probe<Optional<String>> vain(String unit) {
        String shell = """
                of() { systemctl show -p "$1" --value %1$s; }
                life=$(($(of ExecMainExitTimestampMonotonic) - $(of ExecMainStartTimestampMonotonic)))
                echo "$(of NRestarts) $life"
                %2$s --since -12s
                """.formatted(unit, journal(unit));
        return Probe.of("in vain:" + unit, shell, answer -> {
            String[] parts = answer.text().split("\n", 2);
            String[] counts = parts[0].strip().split(" ");
            int restarts = Integer.parseInt(counts[0]);
            return restarts < ENOUGH_RESTARTS
                    ? Optional.empty()
                    : find(parts[1])
                            .filter(trouble -> !trouble.passes)
                            .map(trouble -> trouble.told(parts[1]))
                            .or(() -> brief(restarts, Long.parseLong(counts[1]), parts[1]));
        });
    }

    /** For a reason that nobody here knows: a program that cannot run, a setting that it does not take. */
    private static Optional<String> brief(int restarts, long life, String journal) {
        if (restarts < FAR_TOO_MANY
                || life < 0
                || life >= AT_ONCE
                || find(journal).isPresent()) {
            return Optional.empty();
        }
        List<String> lines = journal.strip().lines().toList();
        return Optional.of("it has ended as soon as it began, " + restarts + " times in a row; its last words:\n"
                + String.join("\n", lines.subList(Math.max(0, lines.size() - 6), lines.size())));
    }

    private static String journal(String unit) {
        return "journalctl -q --no-pager -n 40 -o cat -u " + unit;
    }

    /** The last journal lines of the unit, under the guess if there is one. */
    public static Probe<String> probe(String unit) {
        return Probe.of("journal:" + unit, journal(unit), answer -> {
            String journal = answer.text().strip();
            return guess(journal).map(guess -> guess + "\n").orElse("") + journal;
        });
    }
}

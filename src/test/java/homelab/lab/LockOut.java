package homelab.lab;

import java.util.List;

/**
 * A way to lock oneself out that no look at rules and sessions foretells; each is laid down on a host whose UFW is off,
 * and shuts when the firewall is changed.
 *
 * @param title as the table has it
 * @param prepare on the host, as root; CLIENT is the address that this machine has there
 * @param verb what then locks out
 */
record LockOut(String title, String prepare, String verb) {
    /** In the chain that is asked before all rules of UFW's command. */
    private static final String FIRST = "sed -i '/^# End required lines/a RULE' /etc/ufw/before.rules\n";

    static final LockOut NEW_REFUSED = of(
            "a line in before.rules that drops new connections to SSH",
            first("-A ufw-before-input -p tcp --dport 22 -m conntrack --ctstate NEW -j DROP"));

    static final LockOut ALL_REFUSED = of(
            "a line in before.rules that drops all that comes from the client, the open session too",
            first("-A ufw-before-input -s CLIENT -j DROP"));

    static final LockOut ADDRESS =
            of("the client gets another address (DHCP), and the rule for SSH has the old one", "");

    /** Nobody is locked out by SSH: the cluster is. */
    static final LockOut NODES = of(
            "a line in before.rules that shuts the other nodes out of the kubelet",
            first("-A ufw-before-input -p tcp --dport 10250 -j DROP"));

    /** A client that is killed frees the door that it shut. */
    static final LockOut ONE_AT_A_TIME = of(
            "a line in before.rules that lets one connection to SSH live at a time",
            first("-A ufw-before-input -p tcp --dport 22 -m connlimit --connlimit-above 1 -j DROP"));

    static final LockOut FORWARDED = of(
            "the port in the inventory is one that is forwarded to sshd's",
            "iptables -t nat -A PREROUTING -p tcp --dport 2222 -j REDIRECT --to-ports 22");

    static final List<LockOut> ALL = List.of(
            NEW_REFUSED,
            ALL_REFUSED,
            of(
                    "a line in before.rules that drops the answers of sshd",
                    first("-A ufw-before-output -p tcp --sport 22 --tcp-flags SYN,ACK SYN,ACK -j DROP")),
            ONE_AT_A_TIME,
            FORWARDED,
            ADDRESS,
            of("a hook in before.init that closes SSH when UFW starts", """
                    cat >/etc/ufw/before.init <<'HOOK'
                    #!/bin/sh
                    case $1 in
                      start) iptables -I INPUT -p tcp --dport 22 --syn -j DROP ;;
                      stop) while iptables -D INPUT -p tcp --dport 22 --syn -j DROP 2>/dev/null; do :; done ;;
                    esac
                    exit 0
                    HOOK
                    chmod 755 /etc/ufw/before.init
                    """),
            of("ufw hangs when the policy is set and no rule is loaded yet (a double of ufw)", """
                    [ -e /usr/sbin/ufw.real ] || mv /usr/sbin/ufw /usr/sbin/ufw.real
                    cat >/usr/sbin/ufw <<'DOUBLE'
                    #!/bin/sh
                    case "$*" in *enable) iptables -P INPUT DROP; sleep 50; exit 1 ;; esac
                    exec /usr/sbin/ufw.real "$@"
                    DOUBLE
                    chmod 755 /usr/sbin/ufw
                    """),
            new LockOut("rollback to rules for an address that the client no longer has", """
                    b=/var/lib/homelab/firewall/before; mkdir -p $b
                    ufw allow proto tcp from 10.99.0.7 to any port 22 >/dev/null; ufw --force enable >/dev/null
                    cp -p /etc/default/ufw /etc/ufw/ufw.conf /etc/ufw/user.rules /etc/ufw/user6.rules $b
                    : >$b/works; : >$b/policies; echo earlier >$b/run
                    ufw allow proto tcp from CLIENT to any port 22 >/dev/null
                    """, "rollback"),
            NODES);

    private static LockOut of(String title, String prepare) {
        return new LockOut(title, prepare, "apply");
    }

    private static String first(String rule) {
        return FIRST.replace("RULE", rule);
    }

    /** A shell's question on the host: whether what locks out is there by now. */
    String shuts() {
        return verb.equals("rollback")
                ? "! iptables -S ufw-user-input | grep -q CLIENT"
                : "iptables -S INPUT | grep -q -e '-P INPUT DROP'";
    }

    @Override
    public String toString() {
        return title;
    }
}

package homelab.resource;

import homelab.model.Cidr;

/** What ufw 0.36.2 of Debian 12 wrote into user.rules and user6.rules for rules added by its command line. */
final class UfwCapture {
    static final String SSH =
            "### tuple ### allow tcp 22 0.0.0.0/0 any 10.0.1.0/24 in comment=686f6d656c61623a205353482066726f6d20746865204c414e\n";
    static final String ETCD =
            "### tuple ### allow tcp 2379:2380 0.0.0.0/0 any 10.0.1.12 in comment=686f6d656c61623a2065746364206265747765656e20736572766572732c2066726f6d2078\n";
    static final String PODS =
            "### tuple ### allow any any 0.0.0.0/0 any 10.42.0.0/16 in comment=686f6d656c61623a20706f6473\n";

    static final String FOREIGN = """
            ### tuple ### allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 OpenSSH - in
            ### tuple ### allow tcp 80 0.0.0.0/0 any 0.0.0.0/0 in
            ### tuple ### deny tcp 22 0.0.0.0/0 any 10.0.1.66 in_eth0
            ### tuple ### limit tcp 2222 0.0.0.0/0 any 0.0.0.0/0 in comment=6c696d
            ### tuple ### route:allow any any 0.0.0.0/0 any 0.0.0.0/0 in_eth0!out_eth1
            ### tuple ### allow udp 60000:61000 0.0.0.0/0 any 0.0.0.0/0 in
            ### tuple ### allow tcp 80,443 0.0.0.0/0 any 0.0.0.0/0 in
            ### tuple ### deny any 25 0.0.0.0/0 any 0.0.0.0/0 out
            ### tuple ### allow_log tcp 81 0.0.0.0/0 any 0.0.0.0/0 in
            ### tuple ### reject udp 99 10.0.1.1 any 10.9.9.9 in
            ### tuple ### allow tcp 80 ::/0 any ::/0 in
            """;

    static final UfwRule SSH_RULE = UfwRule.allow("tcp", "22", Cidr.parse("10.0.1.0/24"), "SSH from the LAN");
    static final UfwRule ETCD_RULE =
            UfwRule.allow("tcp", "2379:2380", Cidr.parse("10.0.1.12/32"), "etcd between servers, from x");
    static final UfwRule PODS_RULE = UfwRule.allow("any", "any", Cidr.parse("10.42.0.0/16"), "pods");

    private UfwCapture() {}
}

package homelab.resource.reset;

import java.time.Duration;

/**
 * Chains, rules and sets of kube-proxy, flannel, CNI and k3s's network policies, in either back end of iptables. Rules of
 * others are neither touched nor read back: ours go by their names, table by table, each table at once.
 */
public final class PacketRules {

    /** {@code saves} prints the commands that may list rules, each once; the legacy ones only where they have tables. */
    private static final String TOOLS = """
            saves() {
              for family in ip ip6; do
                command -v ${family}tables-nft-save || command -v ${family}tables-save
                if [ -s /proc/net/${family}_tables_names ]; then command -v ${family}tables-legacy-save; fi
              done
            }
            sets() { if command -v ipset >/dev/null; then ipset list -n 2>/dev/null | grep -E '^(inet6:)?KUBE-'; fi; }
            """;

    /** A chain of ours by its name, a rule of ours by the chain it jumps to or by flannel's comment. */
    private static final String OURS = "(KUBE-|CNI-|FLANNEL-)";

    private PacketRules() {}

    public static Gone gone() {
        String look = TOOLS + """
                for save in $(saves); do
                  "$save" 2>/dev/null | awk -v tool="${save##*/}" '
                    /^:%1$s/ { chains++ } /^-A .*( -j %1$s|flanneld)/ && !/^-A %1$s/ { rules++ }
                    END { sub("-save$", "", tool)
                      if (chains) printf "chains of %%s\\t%%d\\n", tool, chains
                      if (rules) printf "rules of %%s that lead there\\t%%d\\n", tool, rules }'
                done
                n=$(sets | wc -l); if [ "$n" -gt 0 ]; then printf 'sets of addresses\\t%%s\\n' "$n"; fi
                if command -v nft >/dev/null; then
                  nft list tables 2>/dev/null | grep -E '^table ip6? kube-proxy$' | sed 's/$/\\tthere/'
                fi
                :
                """.formatted(OURS);
        return Gone.of("packet rules", look, "none", drop(OURS) + """
                sets | while read -r set; do ipset destroy "$set"; done
                if command -v nft >/dev/null; then
                  nft list tables 2>/dev/null | grep -E '^table ip6? kube-proxy$' | while read -r table; do nft delete $table; done
                fi
                exit 0
                """, Duration.ofMinutes(2));
    }

    /**
     * sh that takes away all chains of such names, and the rules that lead to them.
     *
     * @param chains the beginning of their names, as a regular expression
     */
    public static String drop(String chains) {
        return TOOLS + """
                for save in $(saves); do
                  restore=${save%%-save}-restore
                  "$save" 2>/dev/null | awk '
                    function end(i) {
                      if (n + d) print table
                      for (i = 1; i <= d; i++) print drop[i]
                      for (i = 1; i <= n; i++) print "-F " ours[i]
                      for (i = 1; i <= n; i++) print "-X " ours[i]
                      if (n + d) print "COMMIT"
                      n = 0; d = 0
                    }
                    /^\\*/ { table = $0 }
                    /^:%1$s/ { ours[++n] = substr($1, 2) }
                    /^-A .*( -j %1$s|flanneld)/ && !/^-A %1$s/ { sub("^-A", "-D"); drop[++d] = $0 }
                    /^COMMIT/ { end() }' >/run/homelab.rules.$$
                  if [ -s /run/homelab.rules.$$ ]; then
                    "$restore" -w 10 --noflush </run/homelab.rules.$$ || { rm -f /run/homelab.rules.$$; exit 1; }
                  fi
                  rm -f /run/homelab.rules.$$
                done
                """.formatted(chains);
    }
}

package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

/** What lies beyond the lab's own network, which its hosts can be cut off from: nothing that they send there leaves them. */
record Beyond(Lab lab) implements AutoCloseable {
    private static final String REACHED =
            "timeout 2 bash -c '</dev/tcp/ADDRESS/9' 2>/dev/null; [ $? != 124 ] && echo reached || echo cut off";
    private static final String RULES = """
            for chain in OUTPUT FORWARD; do
              iptables -t mangle DO $chain -o eth0 ! -d LAN -m comment --comment beyond -j DROP
            done
            """;

    static Beyond cutOff(Lab lab) {
        Beyond beyond = new Beyond(lab);
        beyond.close();
        assertThat(beyond.seenFrom(Lab.SERVER))
                .as("as long as nobody cuts it off")
                .isEqualTo("reached");
        lab.nodeNames().forEach(node -> lab.on(node, beyond.rules("-I")));
        return beyond;
    }

    private String rules(String what) {
        return RULES.replace("DO", what).replace("LAN", lab.lan());
    }

    /** "reached" or "cut off": whether this machine answers under an address of another network of its own. */
    String seenFrom(String node) {
        return lab.on(node, REACHED.replace("ADDRESS", other()));
    }

    private String other() {
        String lan = lab.lan().replaceFirst("[0-9]+/.*", "");
        return List.of(Said.by(Duration.ofSeconds(5), "hostname", "-I").ok().split(" ")).stream()
                .filter(address -> address.matches("[0-9.]+") && !address.startsWith(lan))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        lab.nodeNames().forEach(node -> lab.tried(node, rules("-D") + "true"));
    }
}

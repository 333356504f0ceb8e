package homelab.resource.reset;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.resource.Change;
import homelab.resource.LocalSh;
import homelab.resource.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With an iptables that shows a table of ours and others' rules, and writes down what it is given. */
class PacketRulesTest {
    @TempDir
    private Path bin;

    private LocalSh sh;

    @BeforeEach
    void anIptables() throws IOException {
        tool("iptables-nft-save", """
                cat <<'X'
                *nat
                :PREROUTING ACCEPT [0:0]
                :KUBE-SERVICES - [0:0]
                :CNI-0a1b - [0:0]
                :MINE - [0:0]
                -A PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
                -A PREROUTING -s 192.0.2.1/32 -j MINE
                -A POSTROUTING -s 10.42.0.2/32 -m comment --comment "name: \\"cbr0\\" id: \\"x\\"" -j CNI-0a1b
                -A KUBE-SERVICES -j MARK --set-xmark 0x4000/0x4000
                -A MINE -m comment --comment "KUBE-SERVICES are theirs" -j ACCEPT
                COMMIT
                *filter
                :INPUT ACCEPT [0:0]
                -A INPUT -p tcp -j ACCEPT
                COMMIT
                X
                """);
        tool("iptables-nft-restore", "cat >>" + bin + "/given\n");
        tool("ip6tables-nft-save", ":\n");
        tool("ipset", ":\n");
        tool("nft", ":\n");
        sh = new LocalSh(Map.of("PATH", bin + ":" + System.getenv("PATH")));
    }

    private void tool(String name, String script) throws IOException {
        Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void countsWhatIsOurs() {
        assertThat(((Status.Drift) sh.status(PacketRules.gone())).changes())
                .contains(
                        new Change("chains of iptables-nft", "2", "none"),
                        new Change("rules of iptables-nft that lead there", "2", "none"));
    }

    @Test
    void takesOursAwayAndNamesNothingOfOthers() {
        assertThat(sh.run("mkdir -p /run\n" + PacketRules.drop("(KUBE-|CNI-|FLANNEL-)"))
                        .exit())
                .isZero();

        assertThat(bin.resolve("given")).hasContent("""
                *nat
                -D PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
                -D POSTROUTING -s 10.42.0.2/32 -m comment --comment "name: \\"cbr0\\" id: \\"x\\"" -j CNI-0a1b
                -F KUBE-SERVICES
                -F CNI-0a1b
                -X KUBE-SERVICES
                -X CNI-0a1b
                COMMIT
                """);
    }
}

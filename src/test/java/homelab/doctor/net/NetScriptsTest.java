package homelab.doctor.net;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.doctor.Houses;
import homelab.doctor.K3sAnswers;
import homelab.model.Access;
import homelab.model.Addons;
import homelab.model.Backend;
import homelab.model.Cluster;
import homelab.model.Ip;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.model.Role;
import homelab.phase.Clusters;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.resource.LocalSh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts run for real, by this machine's shell and by busybox. */
class NetScriptsTest {

    private static <T> T run(Probe<T> probe, Path folder, String shell, Map<String, String> environment)
            throws IOException {
        Path script = folder.resolve("script");
        Files.writeString(script, probe.shell());
        LocalSh.Ran ran = new LocalSh(environment).run(shell + " " + script);
        Reading<T> reading = LocalSh.reading(probe, ran.exit(), ran.out());
        return reading.known().orElseThrow(() -> new AssertionError(ran.out()));
    }

    @Test
    void aPortThatNobodyListensOnIsRefusedAtOnce(@TempDir Path folder) throws IOException {
        Ip here = Ip.parse("127.0.0.1");
        Node other = new Node(
                new NodeName("ultron"),
                Role.AGENT,
                new Access.Local(),
                here,
                true,
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty());
        Node self = Clusters.node("jarvis", Role.AGENT, 10, 22);
        Cluster two = Clusters.of(Backend.VXLAN, List.of(), Addons.NONE, self, other);

        for (String shell : List.of("dash", "busybox sh")) {
            assertThat(run(PortProbe.of(two, self), folder, shell, Map.of()))
                    .containsExactly(new PortProbe.Tried("ultron", 10250, 1));
        }
    }

    @Test
    void refusedPacketsAreCountedOnTheHost(@TempDir Path folder) throws IOException {
        String line =
                "1795339167.62 a kernel: [UFW BLOCK] IN=eth0 OUT= MAC=02 SRC=10.0.1.11 DST=10.0.1.10 LEN=60 TTL=64"
                        + " PROTO=TCP SPT=1 DPT=10250 WINDOW=64240 RES=0x00 %s URGP=0\\n";
        Path journal = folder.resolve("journalctl");
        Files.writeString(
                journal,
                "#!/bin/sh\nprintf '" + line.formatted("SYN")
                        + line.formatted("SYN").replace("9167.", "9300.") + line.formatted("ACK FIN")
                        + "'\n");
        assertThat(journal.toFile().setExecutable(true)).isTrue();
        Map<String, String> path = Map.of("PATH", folder + ":" + System.getenv("PATH"));

        for (String shell : List.of("dash", "busybox sh")) {
            assertThat(run(Blocked.PROBE, folder, shell, path).kinds())
                    .singleElement()
                    .satisfies(blocked -> {
                        assertThat(blocked.text()).isEqualTo("2 times 10.0.1.11 -> 10.0.1.10 10250/tcp");
                        assertThat(blocked.first().getEpochSecond()).isEqualTo(1795339167);
                        assertThat(blocked.last().getEpochSecond()).isEqualTo(1795339300);
                    });
        }
    }

    /** A table of connections as conntrack and the kernel's own file show it, and programs that only repeat it. */
    @Test
    void theSourceThatOthersSeeIsReadFromTheTableOfConnections(@TempDir Path folder) throws IOException {
        String flow = "tcp 6 119 TIME_WAIT src=10.42.0.5 dst=10.42.1.0 sport=4 dport=10250 src=10.42.1.0 dst=10.42.0.0"
                + " sport=10250 dport=4 [ASSURED] mark=0 use=1";
        Path file = Files.writeString(folder.resolve("nf_conntrack"), "ipv4 2 " + flow + "\n");
        Files.createDirectories(folder.resolve("netns"));
        Files.writeString(folder.resolve("netns/cni-1"), "");
        program(folder, "timeout", "shift; exec \"$@\"");
        program(
                folder,
                "nsenter",
                "case \"$*\" in *' ip '*) echo '2: eth0 inet 10.42.0.5/24 brd 10.42.0.255 scope global';; esac");
        Map<String, String> path = Map.of("PATH", folder + ":/usr/bin:/bin");
        Probe<SourceProbe.Seen> asked = SourceProbe.of(
                        K3sAnswers.server(Houses.twoPis(), "ultron", "etcd").house(),
                        Clusters.twoPis().nodes().get(0))
                .orElseThrow();
        String shell = asked.shell()
                .replace("/run/netns", folder + "/netns")
                .replace("/proc/net/nf_conntrack", file.toString())
                .replace("pods=10.42.0.0", "pods=10.42.1.0");

        for (boolean program : List.of(false, true)) {
            String here = program ? shell : shell.replace("command -v conntrack", "false");
            program(folder, "conntrack", "cat " + file);
            for (String sh : List.of("dash", "busybox sh")) {
                assertThat(run(Probe.of("sources", here, asked.parser()), folder, sh, path)
                                .to("pods"))
                        .containsExactly(new SourceProbe.Flow("pods", "10.42.0.5", "10.42.0.0"));
            }
        }
    }

    private static void program(Path folder, String name, String script) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void theKernelTellsOfItsNetwork(@TempDir Path folder) throws IOException {
        for (String shell : List.of("dash", "busybox sh")) {
            assertThat(run(HostNet.PROBE, folder, shell, Map.of()).of("mac")).isNotEmpty();
            assertThat(run(Ufw.PROBE, folder, shell, Map.of())).isNotNull();
        }
    }

    @Test
    void rulesThatNobodyCommentedAreReadToo(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("user.rules"), """
                ### tuple ### deny udp 8472 0.0.0.0/0 any 0.0.0.0/0 in
                ### tuple ### route:allow any any 0.0.0.0/0 any 0.0.0.0/0 in
                ### tuple ### allow tcp 22 0.0.0.0/0 any 10.0.1.0/24 in comment=686f
                """);
        String shell = Ufw.PROBE.shell().replace("/etc/ufw", folder.toString());

        for (String sh : List.of("dash", "busybox sh")) {
            Probe<Ufw> here = Probe.of("ufw", shell, Ufw.PROBE.parser());
            assertThat(run(here, folder, sh, Map.of()).rules())
                    .extracting(UfwLine::text)
                    .containsExactly("deny 8472/udp from anywhere", "allow 22/tcp from 10.0.1.0/24");
        }
    }
}

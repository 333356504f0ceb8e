package homelab.phase;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.facts.Facts;
import homelab.facts.Founding;
import homelab.facts.K3sSettings;
import homelab.facts.SampleFacts;
import homelab.facts.SampleK3s;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.model.Secret;
import homelab.resource.TextFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The guard against a second cluster, over every combination of what three servers and an agent may be. */
class FoundingTest {
    private static final String CA = "aa".repeat(32);
    private static final Cluster HA = SampleSite.haMixed();

    private enum Server {
        /** Does not answer. */
        DEAD,
        /** Answers, and k3s on it could not be looked at. */
        BLIND,
        BARE,
        /** A founding that was cut off: it knows a CA and has no data. */
        CUT_OFF,
        /** The same of a server whose node has joined: there was data. */
        LOST,
        /** Holds data and does not run. */
        ASLEEP,
        LIVE
    }

    private enum Agent {
        DEAD,
        BARE,
        MEMBER
    }

    record Combination(List<Server> servers, Agent agent) {
        long count(Server state) {
            return servers.stream().filter(state::equals).count();
        }

        boolean has(Server... states) {
            return servers.stream().anyMatch(List.of(states)::contains);
        }
    }

    static List<Combination> combinations() {
        List<Combination> all = new ArrayList<>();
        for (Server one : Server.values()) {
            for (Server two : Server.values()) {
                for (Server three : Server.values()) {
                    for (Agent agent : EnumSet.allOf(Agent.class)) {
                        all.add(new Combination(List.of(one, two, three), agent));
                    }
                }
            }
        }
        return all;
    }

    @Test
    void decidesByTheTableOfTheExplanation() {
        assertThat(combinations())
                .hasSize(7 * 7 * 7 * 3)
                .allSatisfy(is -> assertThat(site(is).founding().getClass().getSimpleName())
                        .isEqualTo(expected(is)));
    }

    /** The table, row by row; the first that fits counts. */
    private static String expected(Combination is) {
        if (is.has(Server.LIVE)) {
            return "Lives";
        }
        if (is.has(Server.ASLEEP)) {
            return "Sleeps";
        }
        boolean clear = !is.has(Server.DEAD, Server.BLIND, Server.LOST)
                && is.count(Server.CUT_OFF) < 2
                && is.agent() != Agent.MEMBER;
        return clear ? "Bare" : "Doubtful";
    }

    @Test
    void tellsOneServerToFoundAtMostAndNoneWhereDataIs() {
        assertThat(combinations()).allSatisfy(is -> {
            boolean data = is.has(Server.LIVE, Server.ASLEEP);
            assertThat(founders(site(is))).hasSize(data ? 0 : 1);
        });
    }

    /** A member goes on with its own cluster, whatever its file says; one that is wiped has nothing but the file. */
    @Test
    void leavesNoMemberWithAFileThatCouldFoundAnotherCluster() {
        assertThat(combinations())
                .allSatisfy(is -> HA.servers().stream()
                        .filter(node -> new Joining(site(is), node).settled())
                        .forEach(node -> assertThat(config(site(is), node))
                                .doesNotContain("cluster-init")
                                .contains("server: https://")));
    }

    @Test
    void theOrderOfTheFileDoesNotMatter() {
        Combination is = new Combination(List.of(Server.BARE, Server.CUT_OFF, Server.BARE), Agent.BARE);
        List<Node> turned = new ArrayList<>(HA.nodes());
        Collections.reverse(turned);
        Cluster other = new Cluster(HA.name(), HA.network(), HA.k3s(), HA.knownHosts(), turned, HA.addons());

        assertThat(Founding.of(HA, site(is).facts())).isEqualTo(Founding.of(other, site(is).facts()));
    }

    @Test
    void saysAllThatSpeaksAgainstFounding() {
        Combination is = new Combination(List.of(Server.CUT_OFF, Server.CUT_OFF, Server.DEAD), Agent.MEMBER);

        Founding.Doubtful doubtful = (Founding.Doubtful) site(is).founding();
        assertThat(doubtful.against().why())
                .isEqualTo("friday was a server of a cluster and has lost its data; vision could not be reached; hulk"
                        + " belongs to a cluster");
    }

    @Test
    void wakesAllThatHoldDataTogetherSinceOneAloneIsNoQuorum() {
        Combination is = new Combination(List.of(Server.DEAD, Server.ASLEEP, Server.ASLEEP), Agent.DEAD);

        assertThat(new FoundingPhase().steps(site(is)))
                .extracting(step -> step.target() + " " + step.resource().id())
                .contains("friday service k3s", "vision service k3s", "friday API", "vision API")
                .doesNotContain("jarvis service k3s");
        assertThat(new FoundingPhase().steps(site(is))).noneMatch(step -> new FoundingPhase().inTurn(site(is), step));
    }

    @Test
    void aMemberKeepsTheServerThatItHasWhoeverAnswersToday() {
        Combination is = new Combination(List.of(Server.LIVE, Server.LIVE, Server.LIVE), Agent.MEMBER);
        Map<NodeName, Facts> facts = new LinkedHashMap<>(site(is).facts());
        K3sSettings joined = new K3sSettings(Optional.of("10.0.1.20"), false, List.of());
        NodeName friday = HA.servers().get(1).name();
        facts.put(
                friday,
                host(
                        friday,
                        SampleK3s.running("k3s")
                                .ca(CA)
                                .datastore("etcd")
                                .apiReady(true)
                                .settings(joined)));

        Site site = site(facts);
        assertThat(site.leader().map(node -> node.name().text())).contains("friday");
        assertThat(config(site, HA.servers().get(1))).contains("server: https://10.0.1.20:6443");
    }

    private static List<NodeName> founders(Site site) {
        List<NodeName> founders = new ArrayList<>();
        for (Node node : HA.servers()) {
            if (config(site, node).contains("cluster-init: true")) {
                founders.add(node.name());
            }
        }
        return founders;
    }

    private static String config(Site site, Node node) {
        return ((TextFile) K3sNode.of(site, node).files("config").stream()
                        .map(homelab.plan.Step::resource)
                        .filter(resource -> resource.id().endsWith("config.yaml"))
                        .findFirst()
                        .orElseThrow())
                .content()
                .reveal();
    }

    private static Site site(Combination is) {
        Map<NodeName, Facts> facts = new LinkedHashMap<>();
        for (int i = 0; i < 3; i++) {
            NodeName name = HA.servers().get(i).name();
            host(name, is.servers().get(i)).ifPresent(host -> facts.put(name, host));
        }
        NodeName hulk = HA.agents().get(0).name();
        if (is.agent() == Agent.BARE) {
            facts.put(hulk, host(hulk, SampleK3s.none()));
        } else if (is.agent() == Agent.MEMBER) {
            facts.put(hulk, host(hulk, SampleK3s.running("k3s-agent").ca(CA)));
        }
        return site(facts);
    }

    private static Optional<Facts> host(NodeName name, Server state) {
        SampleK3s k3s = SampleK3s.running("k3s").ca(CA);
        return switch (state) {
            case DEAD -> Optional.empty();
            case BLIND ->
                Optional.of(SampleFacts.fresh(name.text(), "10.0.1.9")
                        .unknown("k3s")
                        .build());
            case BARE -> Optional.of(host(name, SampleK3s.none()));
            case CUT_OFF -> Optional.of(host(name, k3s.active("failed").password(false)));
            case LOST -> Optional.of(host(name, k3s.active("failed").password(true)));
            case ASLEEP -> Optional.of(host(name, k3s.active("inactive").datastore("etcd")));
            case LIVE -> Optional.of(host(name, k3s.datastore("etcd").apiReady(true)));
        };
    }

    private static Facts host(NodeName name, SampleK3s k3s) {
        return SampleFacts.fresh(name.text(), "10.0.1.9")
                .with("k3s", k3s.state())
                .build();
    }

    private static Site site(Map<NodeName, Facts> facts) {
        Optional<Node> leader =
                Founding.of(HA, facts) instanceof Founding.Lives lives ? Optional.of(lives.leader()) : Optional.empty();
        return new Site(HA, facts, leader, Map.of("arm64", SampleSite.release()), Optional.of(new Secret("t")));
    }
}

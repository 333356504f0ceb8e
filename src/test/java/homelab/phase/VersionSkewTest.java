package homelab.phase;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.facts.Facts;
import homelab.facts.SampleFacts;
import homelab.facts.SampleK3s;
import homelab.model.Cluster;
import homelab.model.K3sVersion;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.problem.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VersionSkewTest {
    private static List<String> refused(String wanted, String server, String agent) {
        Cluster two = SampleSite.twoPis().with(K3sVersion.parse(wanted));
        return VersionSkew.refused(
                        two,
                        Map.of(
                                two.servers().get(0).name(),
                                facts(two, 0, server),
                                two.agents().get(0).name(),
                                facts(two, 1, agent)))
                .stream()
                .map(Problem::what)
                .toList();
    }

    private static Facts facts(Cluster cluster, int at, String version) {
        Node node = cluster.nodes().get(at);
        var k3s = SampleK3s.running(node.role().unit()).version(version);
        return SampleFacts.fresh(node.name().text(), node.ip().toString())
                .with("k3s", (node.isServer() ? k3s.datastore("etcd") : k3s).state())
                .build();
    }

    @Test
    void letsTheNextMinorFollow() {
        assertThat(refused("v1.34.3+k3s1", "v1.33.4+k3s1", "v1.33.4+k3s1")).isEmpty();
    }

    @Test
    void refusesTwoMinorsAtOnceAndAnotherMajor() {
        assertThat(refused("v1.35.0+k3s1", "v1.33.4+k3s1", "v1.33.4+k3s1"))
                .containsExactly("jarvis: v1.35.0+k3s1 is more than one minor away");
        assertThat(refused("v9.99.9+k3s1", "v1.33.4+k3s1", "v1.33.4+k3s1"))
                .contains("jarvis: v9.99.9+k3s1 is more than one minor away");
    }

    @Test
    void refusesToGoBackOnAnyNode() {
        assertThat(refused("v1.33.3+k3s1", "v1.33.3+k3s1", "v1.33.4+k3s1"))
                .containsExactly("ultron: runs a newer k3s than the inventory wants");
    }

    @Test
    void refusesAnAgentThatWouldBeFourMinorsBehind() {
        assertThat(refused("v1.34.3+k3s1", "v1.33.4+k3s1", "v1.31.4+k3s1")).isEmpty();
        assertThat(refused("v1.34.3+k3s1", "v1.33.4+k3s1", "v1.30.4+k3s1"))
                .containsExactly("ultron: is too old for servers of v1.34.3+k3s1");
    }

    @Test
    void doesNotForbidWhatCannotBeCompared() {
        assertThat(refused("v1.34.3+k3s1", "v1.33.4+k3s1", "v1.33.4-dirty")).isEmpty();
        Cluster two = SampleSite.twoPis();
        Map<NodeName, Facts> nobody = new HashMap<>();
        assertThat(VersionSkew.refused(two, nobody)).isEmpty();
    }
}

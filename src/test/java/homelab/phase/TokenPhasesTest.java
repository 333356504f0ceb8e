package homelab.phase;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.facts.Facts;
import homelab.facts.SampleFacts;
import homelab.facts.SampleK3s;
import homelab.model.Cluster;
import homelab.model.NodeName;
import homelab.model.Role;
import homelab.model.Secret;
import homelab.probe.Readings;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenPhasesTest {
    private static final String BEFORE = "aa".repeat(32);
    private static final String FULL = "K10" + "0".repeat(64) + "::server:new";

    private static Site site(Cluster cluster, String sum) {
        Map<NodeName, Facts> facts = new HashMap<>();
        cluster.nodes()
                .forEach(node -> facts.put(
                        node.name(),
                        SampleFacts.fresh(node.name().text(), node.ip().toString())
                                .with("k3s", k3s(node.role(), sum))
                                .build()));
        return new Site(cluster, facts, Optional.of(cluster.servers().get(0)), Map.of(), Optional.of(new Secret(FULL)));
    }

    private static homelab.facts.K3sState k3s(Role role, String sum) {
        SampleK3s k3s = SampleK3s.running(role.unit()).ca("cc".repeat(32));
        return role == Role.SERVER
                ? k3s.datastore("etcd").apiReady(true).token(sum).state()
                : k3s.state();
    }

    private static List<Phase> phases(Cluster cluster) {
        return new TokenPhases(cluster, cluster.servers().get(0), BEFORE).rotate();
    }

    private static List<String> told(Cluster cluster, Site site) {
        return phases(cluster).stream()
                .flatMap(phase -> phase.steps(site).stream())
                .map(step -> step.target() + " " + step.resource().id())
                .toList();
    }

    @Test
    void onTwoPisTheServerChangesFirstAndEachIsStartedAgainInItsTurn() {
        Cluster two = SampleSite.twoPis();

        assertThat(told(two, site(two, BEFORE)))
                .containsExactly(
                        "jarvis token beside snapshots",
                        "jarvis cluster token",
                        "ultron file /etc/rancher/k3s/token",
                        "jarvis service k3s",
                        "jarvis API",
                        "jarvis node jarvis Ready",
                        "jarvis node jarvis EtcdIsVoter",
                        "ultron service k3s-agent",
                        "cluster node ultron Ready",
                        "jarvis pod network from jarvis",
                        "ultron pod network from ultron",
                        "cluster CoreDNS",
                        "jarvis note of the token's change",
                        "jarvis note of the restart",
                        "ultron note of the restart");
    }

    @Test
    void theServerThroughWhichAllIsAskedIsStartedAgainLast() {
        Cluster ha = SampleSite.haMixed();

        assertThat(told(ha, site(ha, BEFORE)).stream().filter(step -> step.endsWith("service k3s")))
                .containsExactly("friday service k3s", "vision service k3s", "jarvis service k3s");
    }

    @Test
    void untilK3sHasMadeTheNewTokenNobodyKnowsWhatIsToBeInTheFiles() {
        Cluster two = SampleSite.twoPis();
        Phase config = phases(two).get(2);

        assertThat(config.looksAnew()).isTrue();
        assertThat(config.steps(site(two, BEFORE)).get(0).resource().status(Readings.NONE))
                .isEqualTo(new Status.Waits("k3s has made the new token", Worst.CHANGE));
        assertThat(config.steps(site(two, "bb".repeat(32)))
                        .get(0)
                        .resource()
                        .deed()
                        .toString())
                .startsWith("Shell");
    }

    @Test
    void agentsAreLookedAtAnewSinceTheOnlyServerMayHaveBeenComingUp() {
        assertThat(phases(SampleSite.twoPis()).stream()
                        .filter(phase -> phase.name().equals("agents"))
                        .map(Phase::looksAnew))
                .containsExactly(true);
    }

    @Test
    void onceItIsChangedSnapshotsAreNotGivenATokenThatTheyDoNotNeed() {
        Cluster two = SampleSite.twoPis();

        assertThat(phases(two).get(0).steps(site(two, "bb".repeat(32)))).isEmpty();
    }
}

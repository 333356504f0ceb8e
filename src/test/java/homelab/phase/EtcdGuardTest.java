package homelab.phase;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.facts.Facts;
import homelab.facts.SampleFacts;
import homelab.facts.SampleK3s;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.plan.Finding;
import homelab.problem.Problem;
import homelab.resource.datastore.MoveStage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What speaks against the move of a server's data to etcd, and the order in which it is done. */
class EtcdGuardTest {
    private static final MoveStage BEFORE =
            new MoveStage(true, false, false, false, "active", 8 << 20, 4L << 30, Optional.empty());
    private static final MoveStage UNDER_WAY =
            new MoveStage(true, true, true, true, "activating", 8 << 20, 4L << 30, Optional.empty());
    private static final MoveStage NEITHER =
            new MoveStage(false, false, false, false, "active", 0, 4L << 30, Optional.empty());

    private static Site site(Cluster cluster, String datastore, boolean ready) {
        Node jarvis = cluster.servers().get(0);
        Facts facts = SampleFacts.fresh(jarvis.name().text(), jarvis.ip().toString())
                .with(
                        "k3s",
                        SampleK3s.running("k3s")
                                .ca("cc".repeat(32))
                                .datastore(datastore)
                                .apiReady(ready)
                                .state())
                .build();
        Map<NodeName, Facts> all = new HashMap<>(Map.of(jarvis.name(), facts));
        cluster.agents()
                .forEach(agent -> all.put(
                        agent.name(),
                        SampleFacts.fresh(agent.name().text(), agent.ip().toString())
                                .with("k3s", SampleFacts.agent("cc".repeat(32)))
                                .build()));
        return new Site(cluster, all, Optional.of(jarvis), Map.of(), Optional.empty());
    }

    private static List<String> against(Cluster cluster, String datastore, boolean ready, MoveStage is) {
        return new EtcdGuard(site(cluster, datastore, ready), cluster.servers().get(0), is)
                .against().stream().map(Problem::what).toList();
    }

    @Test
    void aServerOnSqliteThatAnswersMayMove() {
        assertThat(against(SampleSite.twoPis(), "sqlite", true, BEFORE)).isEmpty();
    }

    @Test
    void oneThatIsOnItsWayMayBeSilent() {
        assertThat(against(SampleSite.twoPis(), "sqlite", false, UNDER_WAY)).isEmpty();
        assertThat(against(SampleSite.twoPis(), "sqlite", false, BEFORE))
                .containsExactly("jarvis: does not answer as a server");
    }

    @Test
    void aDataStoreOfOthersIsNotOurs() {
        assertThat(against(SampleSite.twoPis(), "none", true, NEITHER))
                .containsExactly("jarvis keeps its data in neither SQLite nor etcd");
        assertThat(against(SampleSite.twoPis(), "none", false, NEITHER)).containsExactly("jarvis has no data of k3s");
    }

    @Test
    void thereMustBeSpaceForACopyAndForEtcd() {
        MoveStage full = new MoveStage(true, false, false, false, "active", 8 << 20, 100 << 20, Optional.empty());

        assertThat(against(SampleSite.twoPis(), "sqlite", true, full))
                .containsExactly("jarvis: too little space for a copy of SQLite's file and for etcd");
    }

    @Test
    void severalServersCannotHaveBeenOnSqlite() {
        assertThat(against(SampleSite.haMixed(), "sqlite", true, BEFORE))
                .containsExactly("the inventory has 3 servers");
    }

    @Test
    void theGuardStandsBeforeK3sIsToldOfEtcd() {
        Cluster two = SampleSite.twoPis().inEtcd();
        Site site = site(two, "sqlite", true);

        assertThat(new EtcdPhases(two.servers().get(0), true)
                        .move().stream()
                                .flatMap(phase -> phase.steps(site).stream())
                                .map(step ->
                                        step.target() + " " + step.resource().id())
                                .toList())
                .startsWith(
                        "jarvis list of the cluster's objects",
                        "jarvis file /usr/local/lib/homelab/to-etcd",
                        "jarvis file /etc/systemd/system/k3s.service.d/30-homelab-to-etcd.conf",
                        "jarvis file /etc/rancher/k3s/config.yaml",
                        "jarvis data of k3s in etcd",
                        "jarvis API",
                        "jarvis node jarvis Ready",
                        "jarvis node jarvis EtcdIsVoter",
                        "ultron service k3s-agent",
                        "cluster node ultron Ready",
                        "jarvis pods that watch the API")
                .endsWith("jarvis objects of before", "jarvis what kept the move whole", "ultron note of the restart");
    }

    @Test
    void onlyWhatIsMovedStartsAgentsAgain() {
        Cluster two = SampleSite.twoPis().inEtcd();

        assertThat(new EtcdPhases(two.servers().get(0), false)
                        .move().stream()
                                .flatMap(phase -> phase.steps(site(two, "etcd", true)).stream())
                                .map(step -> step.resource().id()))
                .contains("data of k3s in etcd")
                .doesNotContain("service k3s-agent");
    }

    @Test
    void onlyThisMoveTellsK3sOfEtcd() {
        Cluster two = SampleSite.twoPis().inEtcd();

        assertThat(PreflightServers.datastore(two, site(two, "sqlite", true).facts()))
                .extracting(Finding::refused, finding -> finding.problem().fix())
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        true, "homelab promote jarvis --to-etcd moves them; or say k3s.cluster-init: false"));
        assertThat(PreflightServers.datastore(two, site(two, "etcd", true).facts()))
                .isEmpty();
    }
}

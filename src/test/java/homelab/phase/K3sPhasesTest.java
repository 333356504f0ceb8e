package homelab.phase;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.facts.Facts;
import homelab.facts.K3sState;
import homelab.facts.SampleFacts;
import homelab.facts.SampleK3s;
import homelab.model.Addons;
import homelab.model.Backend;
import homelab.model.Cluster;
import homelab.model.NodeName;
import homelab.model.Role;
import homelab.model.Secret;
import homelab.plan.Step;
import homelab.probe.Readings;
import homelab.resource.HeardAnew;
import homelab.resource.K3sToken;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.TextFile;
import homelab.resource.Worst;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class K3sPhasesTest {
    private static final String FULL = "K10" + "0".repeat(64) + "::server:correct-horse";
    private final Cluster two = SampleSite.twoPis();

    @Test
    void fetchesEachFileOnceAndPutsItOnEveryHost() {
        assertThat(told(new ArtifactPhase(), SampleSite.fresh(two)))
                .startsWith("here file k3s-arm64", "here file k3s-airgap-images-arm64.tar.zst")
                .hasSize(2 + 2 * 4)
                .contains("jarvis k3s v1.33.4+k3s1", "ultron images of k3s", "ultron images of other releases");
    }

    @Test
    void fetchesNothingThatAllHostsHave() {
        K3sState has = SampleK3s.running("k3s")
                .binary("a".repeat(64))
                .datastore("etcd")
                .apiReady(true)
                .images("k3s-airgap-images-arm64-cccccccccccc.tar.zst")
                .state();
        assertThat(told(new ArtifactPhase(), with(SampleSite.fresh(two), "k3s", has)))
                .noneMatch(step -> step.startsWith("here"));
    }

    @Test
    void saysThatAHostOfAnUnknownKindGetsNoProgram() {
        Site site = with(SampleSite.fresh(two), "userland", "riscv64");
        List<Step> steps = new ArtifactPhase().steps(site);
        assertThat(steps).hasSize(2).allMatch(step -> status(step.resource()) instanceof Status.Unknown);
        assertThat(status(service(new AgentPhase(), SampleSite.live(two, FULL), "ultron")))
                .isNotInstanceOf(Status.Waits.class);
    }

    @Test
    void givesTheFoundingServerNoTokenFileWhenItMakesItsOwn() {
        assertThat(told(new FoundingPhase(), SampleSite.fresh(two))).noneMatch(step -> step.contains("token"));
        assertThat(config(new FoundingPhase(), SampleSite.fresh(two), "jarvis"))
                .doesNotContain("token", "server:")
                .contains("cluster-init: true");
    }

    @Test
    void letsTheAgentWaitForTheTokenThatTheServerMakes() {
        Site fresh = SampleSite.fresh(two);
        assertThat(status(find(new K3sConfigPhase(), fresh, "ultron", "file /etc/rancher/k3s/token")))
                .isEqualTo(new Status.Waits("jarvis is a server", Worst.CREATE));
        assertThat(status(service(new AgentPhase(), fresh, "ultron")))
                .isEqualTo(new Status.Waits("jarvis is a server", Worst.START));
    }

    @Test
    void givesTheAgentTheTokenThatNamesTheClusterCa() {
        Site site = SampleSite.live(two, FULL);
        assertThat(token(new K3sConfigPhase(), site, "ultron").token().text().reveal())
                .isEqualTo(FULL);
        assertThat(config(new K3sConfigPhase(), site, "ultron"))
                .contains("server: https://10.0.1.10:6443\ntoken-file: /etc/rancher/k3s/token\n");
    }

    @Test
    void givesTheFounderOnlyThePasswordAndIsContentWithItLater() {
        Cluster ha = SampleSite.haMixed();
        K3sToken before = token(new FoundingPhase(), withToken(SampleSite.fresh(ha), FULL), "jarvis");
        assertThat(before.token().text()).isEqualTo(new Secret("correct-horse"));
        assertThat(token(new K3sConfigPhase(), SampleSite.live(ha, FULL), "jarvis")
                        .anyForm())
                .isTrue();
        assertThat(token(new K3sConfigPhase(), SampleSite.live(ha, FULL), "friday")
                        .anyForm())
                .isFalse();
    }

    @Test
    void wantsTheSameFilesOfALoneServerBeforeAndAfterTheFounding() {
        Site before = SampleSite.fresh(two);
        Site after = SampleSite.live(two, FULL);
        assertThat(files(new K3sConfigPhase(), after, "jarvis"))
                .isEqualTo(files(new FoundingPhase(), before, "jarvis"));
    }

    @Test
    void tellsTheFounderOfSeveralWhomToRejoin() {
        Cluster ha = SampleSite.haMixed();
        assertThat(config(new FoundingPhase(), withToken(SampleSite.fresh(ha), "t"), "jarvis"))
                .contains("cluster-init: true")
                .doesNotContain("server:");
        assertThat(told(new K3sConfigPhase(), SampleSite.fresh(ha)))
                .contains("jarvis server to rejoin in /etc/rancher/k3s/config.yaml");
        assertThat(config(new K3sConfigPhase(), SampleSite.live(ha, FULL), "jarvis"))
                .contains("server: https://10.0.1.12:6443")
                .doesNotContain("cluster-init");
    }

    @Test
    void saysThatTheTokenOfTheInventoryCouldNotBeRead() {
        Resource service = service(new FoundingPhase(), SampleSite.fresh(SampleSite.haMixed()), "jarvis");
        assertThat(status(service)).isInstanceOf(Status.Unknown.class);
    }

    @Test
    void bringsServersUpOneByOneTheLeaderBeforeThoseThatJoin() {
        Site live = SampleSite.live(SampleSite.haMixed(), FULL);
        assertThat(new ServerPhase().steps(live).stream().filter(step -> new ServerPhase().inTurn(live, step)))
                .hasSize(12);
        assertThat(told(new ServerPhase(), live))
                .containsExactly(
                        "jarvis service k3s",
                        "jarvis API",
                        "jarvis node jarvis EtcdIsVoter",
                        "jarvis etcd member jarvis",
                        "friday service k3s",
                        "friday API",
                        "friday node friday EtcdIsVoter",
                        "friday etcd member friday",
                        "vision service k3s",
                        "vision API",
                        "vision node vision EtcdIsVoter",
                        "vision etcd member vision",
                        "cluster node jarvis Ready",
                        "cluster node friday Ready",
                        "cluster node vision Ready");
    }

    @Test
    void beginsWithAServerOnlyWhenTheOneThatMayHaveBeenRestartedIsReady() {
        Cluster three = SampleSite.haMixed();
        Site live = SampleSite.live(three, FULL);
        Map<NodeName, Facts> facts = new HashMap<>(live.facts());
        facts.put(
                new NodeName("friday"),
                SampleFacts.fresh("friday", "10.0.1.10")
                        .with("k3s", live.k3sOf(three.servers().get(0)).orElseThrow())
                        .build());

        assertThat(told(new ServerPhase(), new Site(three, facts, live.leader(), live.release(), live.token())))
                .startsWith(
                        "friday service k3s",
                        "friday API",
                        "friday node friday Ready",
                        "friday node friday EtcdIsVoter",
                        "friday etcd member friday",
                        "jarvis service k3s")
                .doesNotContain("cluster node friday Ready");
    }

    @Test
    void letsNewAgentsJoinBesideTheServersThatDo() {
        assertThat(early(SampleSite.live(two, FULL))).containsExactly("service k3s-agent");
        assertThat(early(SampleSite.fresh(two))).as("nobody to join").isEmpty();
        assertThat(early(with("ultron", SampleFacts.agent("aa".repeat(32)))))
                .as("a member waits for the servers")
                .isEmpty();
        assertThat(early(with(
                        "jarvis",
                        SampleK3s.running("k3s")
                                .datastore("etcd")
                                .version("v1.32.1+k3s1")
                                .state())))
                .as("an agent newer than its server")
                .isEmpty();
    }

    @Test
    void takesAgentsThatRunInTurnEachReadyBeforeTheNext() {
        Cluster cluster = Clusters.of(
                Backend.VXLAN,
                List.of(),
                Addons.NONE,
                Clusters.node("jarvis", Role.SERVER, 10, 22),
                Clusters.node("ultron", Role.AGENT, 11, 22),
                Clusters.node("edith", Role.AGENT, 12, 22),
                Clusters.node("hulk", Role.AGENT, 13, 22),
                Clusters.node("groot", Role.AGENT, 14, 22));
        K3sState stopped = SampleK3s.running("k3s-agent")
                .ca("aa".repeat(32))
                .active("failed")
                .state();
        Site site = having(running(cluster, "ultron", "edith"), "groot", stopped);

        AgentPhase phase = new AgentPhase();
        assertThat(phase.steps(site).stream()
                        .filter(step -> phase.inTurn(site, step))
                        .map(step -> step.target() + " " + step.resource().id()))
                .containsExactly(
                        "ultron service k3s-agent",
                        "cluster node ultron Ready",
                        "edith service k3s-agent",
                        "cluster node edith Ready");
    }

    /** Else the next one's turn would come while the API only remembers that this one was Ready. */
    @Test
    void believesOfMembersOnlyWhatTheyTellAfterAStart() {
        assertThat(heardAnew(new AgentPhase(), running(two, "ultron"))).containsExactly("service k3s-agent");
        assertThat(heardAnew(new AgentPhase(), SampleSite.live(two, FULL)))
                .as("nothing was told before one joins")
                .isEmpty();
        assertThat(heardAnew(new AgentPhase(true), SampleSite.live(two, FULL)))
                .as("a snapshot remembers one that has not joined yet")
                .containsExactly("service k3s-agent");
        assertThat(heardAnew(new ServerPhase(), SampleSite.live(two, FULL))).containsExactly("API");
    }

    private static List<String> heardAnew(Phase phase, Site site) {
        return phase.steps(site).stream()
                .filter(step -> step.resource() instanceof HeardAnew)
                .map(step -> step.resource().id())
                .toList();
    }

    /** A cluster in which these agents run. */
    private static Site running(Cluster cluster, String... agents) {
        Site site = SampleSite.live(cluster, FULL);
        for (String agent : agents) {
            site = having(site, agent, SampleFacts.agent("aa".repeat(32)));
        }
        return site;
    }

    private static Site having(Site site, String name, K3sState k3s) {
        Map<NodeName, Facts> facts = new HashMap<>(site.facts());
        facts.put(
                new NodeName(name),
                SampleFacts.fresh(name, "10.0.1.10").with("k3s", k3s).build());
        return new Site(site.cluster(), facts, site.leader(), site.release(), site.token());
    }

    private static List<String> early(Site site) {
        return new AgentPhase()
                .early(site).stream().map(step -> step.resource().id()).toList();
    }

    private Site with(String name, K3sState k3s) {
        return having(SampleSite.live(two, FULL), name, k3s);
    }

    @Test
    void waitsForTheFirstServerToBeReadyAndAVoter() {
        Site fresh = SampleSite.fresh(two);
        assertThat(told(new FoundingPhase(), fresh)).endsWith("jarvis service k3s", "jarvis API");
        assertThat(told(new ServerPhase(), fresh))
                .containsExactly("jarvis node jarvis EtcdIsVoter", "cluster node jarvis Ready");
    }

    @Test
    void looksAtWhatIsFixedAndWhatIsLeftOfAnEarlierLifeBeforeAnythingElse() {
        assertThat(told(new K3sConfigPhase(), SampleSite.live(two, FULL)))
                .startsWith(
                        "cluster network.pods, as founded",
                        "cluster network.services, as founded",
                        "cluster k3s.secrets-encryption, as founded",
                        "cluster seat of ultron",
                        "jarvis file /usr/local/lib/homelab/k3s-started");
        assertThat(told(new K3sConfigPhase(), SampleSite.fresh(two))).noneMatch(step -> step.startsWith("cluster"));
    }

    @Test
    void hidesAConfigurationThatHoldsASecret() {
        Cluster secret = new Cluster(
                "home",
                two.network(),
                SampleSite.k3s(Map.of("etcd-s3-secret-key", "hunter2")),
                Optional.empty(),
                two.nodes(),
                Addons.NONE);
        assertThat(new FoundingPhase().steps(SampleSite.fresh(secret)).toString())
                .doesNotContain("hunter2");
        assertThat(new FoundingPhase().steps(SampleSite.fresh(two)).toString()).contains("node-name: jarvis");
    }

    @Test
    void showsTheTokenNowhere() {
        Site site = SampleSite.live(SampleSite.haMixed(), FULL);
        for (Phase phase : List.of(new K3sConfigPhase(), new ServerPhase(), new AgentPhase())) {
            assertThat(phase.steps(site).toString()).doesNotContain("correct-horse");
        }
    }

    @Test
    void setsLabelsOnlyWhereThereAreSomeWhileThereIsNoCluster() {
        assertThat(told(new NodePhase(), SampleSite.fresh(two))).containsExactly("cluster labels and taints of ultron");
        assertThat(told(new NodePhase(), SampleSite.live(two, FULL)))
                .containsExactly(
                        "cluster identity of node jarvis",
                        "cluster identity of node ultron",
                        "cluster labels and taints of jarvis",
                        "cluster labels and taints of ultron");
    }

    @Test
    void triesThePodNetworkFromEveryNodeToEveryOther() {
        Site live = SampleSite.live(two, FULL);
        Map<NodeName, Facts> facts = new HashMap<>(live.facts());
        facts.put(
                new NodeName("ultron"),
                SampleFacts.fresh("ultron", "10.0.1.11")
                        .with("k3s", SampleFacts.agent("aa".repeat(32)))
                        .build());
        assertThat(told(new VerifyPhase(), new Site(two, facts, live.leader(), live.release(), live.token())))
                .containsExactly("jarvis pod network from jarvis", "ultron pod network from ultron", "cluster CoreDNS");
        assertThat(status(new VerifyPhase().steps(SampleSite.fresh(two)).get(0).resource()))
                .isInstanceOf(Status.Waits.class);
    }

    @Test
    void triesNoPodNetworkOfAHostThatIsNotInTheClusterYet() {
        assertThat(told(new VerifyPhase(), SampleSite.live(two, FULL))).containsExactly("cluster CoreDNS");
    }

    @Test
    void leavesAHostThatWasNotReachedToBeReportedAsUnknown() {
        Site fresh = SampleSite.fresh(two);
        Map<NodeName, Facts> facts = new HashMap<>(fresh.facts());
        facts.remove(new NodeName("ultron"));
        Site site = new Site(two, facts, fresh.leader(), fresh.release(), fresh.token());
        assertThat(told(new ArtifactPhase(), site)).contains("ultron k3s");
    }

    private static List<String> told(Phase phase, Site site) {
        return phase.steps(site).stream()
                .map(step -> (step.target() instanceof homelab.plan.Target.Here
                                ? "here"
                                : step.target().toString()) + " "
                        + step.resource().id())
                .toList();
    }

    private static Status status(Resource resource) {
        return resource.status(Readings.NONE);
    }

    private static Resource find(Phase phase, Site site, String host, String id) {
        return phase.steps(site).stream()
                .filter(step -> step.target().toString().equals(host)
                        && step.resource().id().startsWith(id))
                .findFirst()
                .orElseThrow()
                .resource();
    }

    private static Resource service(Phase phase, Site site, String host) {
        return find(phase, site, host, "service");
    }

    private static String config(Phase phase, Site site, String host) {
        return ((TextFile) find(phase, site, host, "file /etc/rancher/k3s/config.yaml"))
                .content()
                .reveal();
    }

    private static List<Resource> files(Phase phase, Site site, String host) {
        return phase.steps(site).stream()
                .filter(step -> step.target().toString().equals(host)
                        && step.resource().id().startsWith("file "))
                .map(Step::resource)
                .toList();
    }

    private static K3sToken token(Phase phase, Site site, String host) {
        return (K3sToken) find(phase, site, host, "file /etc/rancher/k3s/token");
    }

    private static Site withToken(Site site, String token) {
        return new Site(site.cluster(), site.facts(), site.leader(), site.release(), Optional.of(new Secret(token)));
    }

    private static Site with(Site site, String part, Object value) {
        Map<NodeName, Facts> facts = new HashMap<>();
        site.facts()
                .keySet()
                .forEach(name -> facts.put(
                        name,
                        SampleFacts.fresh(name.text(), "10.0.1.9")
                                .with(part, value)
                                .build()));
        return new Site(site.cluster(), facts, site.leader(), site.release(), site.token());
    }
}

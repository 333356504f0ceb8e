package homelab.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import homelab.model.Cluster;
import homelab.model.NodeName;
import homelab.model.Outside;
import homelab.model.Proxy;
import homelab.model.Registries;
import homelab.model.Registries.Mirror;
import homelab.model.Registries.Opened;
import homelab.model.RegistryLogin;
import homelab.model.Secret;
import homelab.model.SecretSource;
import homelab.plan.Finding;
import homelab.plan.Step;
import homelab.resource.Content;
import homelab.resource.K3sOutside;
import homelab.resource.K3sProxy;
import homelab.resource.K3sRegistries;
import homelab.resource.Packages;
import homelab.resource.TextFile;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutwardTest {
    private static final String FULL = "K10" + "c".repeat(64) + "::server:correct-horse";
    private static final String PROXY_CONF = "/etc/systemd/system/k3s-agent.service.d/20-homelab-proxy.conf";

    private final Cluster two = SampleSite.twoPis();

    private Site site(K3sOutside wanted, Map<NodeName, Set<String>> left) {
        Site live = SampleSite.live(two, FULL);
        return new Site(
                two,
                live.facts(),
                live.leader(),
                live.release(),
                live.token(),
                Takeover.NONE,
                new Outward(wanted, left));
    }

    private static List<String> ultrons(Site site) {
        return new K3sConfigPhase()
                .steps(site).stream()
                        .filter(step -> step.target().toString().contains("ultron"))
                        .map(Step::resource)
                        .map(resource -> resource.id())
                        .toList();
    }

    private K3sProxy proxy(SecretSource https, String... direct) {
        Proxy proxy = new Proxy(Optional.empty(), Optional.of(https), List.of(direct));
        return new K3sProxy(
                two,
                proxy,
                source -> new Secret(source instanceof SecretSource.Said said ? said.text() : "http://tony:\"x\\@p:1"));
    }

    @Test
    void isNoStepOfAPlanThatAsksForNothingOfIt() {
        assertThat(ultrons(site(K3sOutside.DIRECT, Map.of())))
                .noneMatch(id -> id.contains("registries") || id.contains("proxy"));
    }

    @Test
    void takesAwayWhatTheInventoryNoLongerAsksFor() {
        Site site = site(K3sOutside.DIRECT, Map.of(new NodeName("ultron"), Set.of(K3sRegistries.PATH, PROXY_CONF)));
        assertThat(ultrons(site)).contains("no file " + K3sRegistries.PATH, "no file " + PROXY_CONF);
    }

    @Test
    void takesAwayTheKeyOfARegistryThatIsNoLongerNamed() {
        String key = K3sRegistries.CERTIFICATES + "/registry.home.arpa/client.key";
        K3sOutside wanted = new K3sOutside(List.of(TextFile.closed(K3sRegistries.PATH, "x")), Optional.empty());
        assertThat(ultrons(site(wanted, Map.of(new NodeName("ultron"), Set.of(K3sRegistries.PATH, key)))))
                .contains("no file " + key)
                .doesNotContain("no file " + K3sRegistries.PATH);
    }

    @Test
    void keepsWhatItStillAsksFor() {
        K3sOutside wanted = new K3sOutside(List.of(TextFile.closed(K3sRegistries.PATH, "x")), Optional.empty());
        Site site = site(wanted, Map.of(new NodeName("ultron"), Set.of(K3sRegistries.PATH)));
        assertThat(ultrons(site))
                .contains("file " + K3sRegistries.PATH)
                .doesNotContain("no file " + K3sRegistries.PATH);
    }

    @Test
    void givesEachUnitADropInOfItsOwn() {
        K3sOutside wanted = new K3sOutside(
                List.of(),
                Optional.of(proxy(new SecretSource.Said("http://p:3128")).file()));
        assertThat(ultrons(site(wanted, Map.of()))).contains("file " + K3sProxy.PATH, "file " + PROXY_CONF);
    }

    @Test
    void reachesTheClustersOwnNetworksWithoutTheProxy() {
        TextFile file =
                proxy(new SecretSource.Said("http://p:3128"), ".home.arpa").file();
        assertThat(file.content()).isInstanceOf(Content.Open.class);
        assertThat(file.content().reveal()).endsWith("""
                        HTTPS_PROXY="http://p:3128"
                        NO_PROXY="localhost,127.0.0.0/8,.svc,.cluster.local,10.42.0.0/16,10.43.0.0/16,10.0.1.0/24,.home.arpa"
                        """);
    }

    @Test
    void hidesAProxyWithALogin() {
        TextFile file = proxy(new SecretSource.FromEnv("PROXY")).file();
        assertThat(file.content()).isInstanceOf(Content.Hidden.class);
        assertThat(file.content().reveal()).contains("HTTPS_PROXY=\"http://tony:\\\"x\\\\@p:1\"\n");
        assertThat(file.mode()).isEqualTo("0600");
    }

    @Test
    void restartsK3sForIt() {
        K3sOutside wanted = new K3sOutside(List.of(TextFile.closed(K3sRegistries.PATH, "x")), Optional.empty());
        assertThat(K3sNode.of(site(wanted, Map.of()), two.nodes().get(1)).service())
                .isNotEqualTo(K3sNode.of(
                                site(K3sOutside.DIRECT, Map.of()), two.nodes().get(1))
                        .service());
    }

    @Test
    void warnsOfWhatTheInventoryHadBetterNotAskFor() {
        Opened unseen = new Opened(Optional.empty(), Optional.empty(), Optional.empty(), true);
        RegistryLogin tony = new RegistryLogin("tony", new SecretSource.FromEnv("PASSWORD"));
        Opened login = new Opened(Optional.of(tony), Optional.empty(), Optional.empty(), false);
        Registries registries = new Registries(
                Map.of("docker.io", new Mirror(List.of(URI.create("http://10.0.1.5:5000")), Map.of())),
                Map.of("10.0.1.5:5000", login, "10.0.1.6:5000", login, "10.0.1.7", unseen));
        assertThat(Preflight.judge(two.with(new Outside(registries, Optional.empty())), Map.of()))
                .extracting(Finding::severity, finding -> finding.problem().what())
                .containsExactlyInAnyOrder(
                        tuple(Finding.Severity.WARN, "10.0.1.7: its certificate is not verified"),
                        tuple(Finding.Severity.WARN, "10.0.1.5:5000: its password goes over the network in the clear"));
    }

    /** Its packages come from where those of the host do; no registry has a say in that. */
    @Test
    void lendsTheProxyToAptOfTheFirewallAloneAndAsksForNoMore() {
        Map<String, Secret> proxy = Map.of("http_proxy", new Secret("http://10.0.1.9:3128"));
        Outward.Source locked = new Outward.Source() {
            @Override
            public K3sOutside files() {
                throw new AssertionError("a registry's password was asked for");
            }

            @Override
            public Map<String, Secret> environment() {
                return proxy;
            }
        };
        Site live = SampleSite.live(two, FULL);
        Site site = new Site(
                two,
                live.facts(),
                live.leader(),
                live.release(),
                live.token(),
                Takeover.NONE,
                new Outward(locked, Map.of()));

        assertThat(new FirewallPhase(true).steps(site).stream().map(Step::resource))
                .contains(new Packages(List.of("iptables", "ufw"), proxy));
        assertThat(new HostPhase().steps(site).stream().map(Step::resource))
                .anyMatch(resource -> resource instanceof Packages packages
                        && packages.environment().equals(proxy));
    }
}

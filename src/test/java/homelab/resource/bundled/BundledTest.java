package homelab.resource.bundled;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Cidr;
import homelab.model.ClusterNames;
import homelab.model.Ip;
import homelab.model.Traefik;
import homelab.phase.bundled.Manifests;
import homelab.probe.Reading;
import homelab.probe.Readings;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import homelab.resource.helm.Manifest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Judged on objects as lab k3s v1.33.4 had them, cut down to what is read of them. */
class BundledTest {
    private static final Traefik TRAEFIK =
            new Traefik(List.of(Cidr.parse("192.0.2.7/32")), Optional.of("Local"), false, Map.of());
    private static final String CONFIG = Manifests.traefik(TRAEFIK);
    private static final String NAMES = Manifests.coredns(new ClusterNames(
            Map.of("corp.example", List.of(Ip.parse("192.0.2.53"))),
            Map.of("nas.home.arpa", List.of(Ip.parse("192.0.2.5")))));

    private final Map<String, Map<String, Object>> objects = new HashMap<>();

    private void there(String path, String yaml) {
        objects.put(path, Manifest.tree(yaml));
    }

    private Status status(Resource resource) {
        Reading<?> look = new Reading.Known<>(new BundledLook(objects));
        return resource.status(new Readings(Map.of(BundledLook.PROBE.id(), look)));
    }

    @Test
    void isSameWhenTheObjectIsWhatTheManifestSays() {
        there(BundledLook.TRAEFIK_CONFIG, CONFIG);
        there(BundledLook.COREDNS_CUSTOM, NAMES);
        assertThat(status(new Manifested(CONFIG, false))).isEqualTo(Status.SAME);
        assertThat(status(new Manifested(NAMES, false))).isEqualTo(Status.SAME);
    }

    @Test
    void showsAnEditOfTraefiksValuesKeyByKey() {
        there(BundledLook.TRAEFIK_CONFIG, CONFIG.replace("Local", "Cluster"));
        assertThat(status(new Manifested(CONFIG, false)))
                .isEqualTo(Status.drift(
                        Worst.RESTART,
                        "HelmChartConfig kube-system/traefik service.spec.externalTrafficPolicy",
                        "Cluster",
                        "Local"));
    }

    @Test
    void showsThatAFailedUpgradeWouldUninstallTraefik() {
        there(BundledLook.TRAEFIK_CONFIG, CONFIG.replace("abort", "reinstall"));
        assertThat(status(new Manifested(CONFIG, false)))
                .isEqualTo(Status.drift(
                        Worst.RESTART, "HelmChartConfig kube-system/traefik spec.failurePolicy", "reinstall", "abort"));
    }

    @Test
    void takesNobodysConfigurationOverUnlessAsked() {
        there(BundledLook.TRAEFIK_CONFIG, "spec: {valuesContent: 'logs: {general: {level: INFO}}'}");
        assertThat(status(new Manifested(CONFIG, false))).isInstanceOf(Status.Refused.class);
        assertThat(status(new Manifested(CONFIG, true))).isInstanceOf(Status.Drift.class);
    }

    @Test
    void sharesTheConfigMapOfNamesButNotWithAManifestOfAnother() {
        there(BundledLook.COREDNS_CUSTOM, "data: {theirs.server: ''}");
        assertThat(status(new Manifested(NAMES, false))).isInstanceOf(Status.Drift.class);
        there(
                BundledLook.COREDNS_CUSTOM,
                "{metadata: {annotations: {objectset.rio.cattle.io/owner-name: my-dns}}, data: {theirs.server: ''}}");
        assertThat(status(new Manifested(NAMES, false)))
                .isInstanceOfSatisfying(
                        Status.Refused.class,
                        refused -> assertThat(refused.problem().what()).contains("the manifest my-dns"));
    }

    @Test
    void takesAwayOnlyWhatIsItsOwn() {
        assertThat(status(Unmanifested.TRAEFIK)).isEqualTo(Status.SAME);
        there(BundledLook.TRAEFIK_CONFIG, "spec: {valuesContent: ''}");
        there(BundledLook.COREDNS_CUSTOM, "data: {theirs.server: ''}");
        assertThat(status(Unmanifested.TRAEFIK)).isEqualTo(Status.SAME);
        assertThat(status(Unmanifested.COREDNS)).isEqualTo(Status.SAME);
        there(BundledLook.TRAEFIK_CONFIG, CONFIG);
        there(BundledLook.COREDNS_CUSTOM, NAMES);
        assertThat(status(Unmanifested.TRAEFIK)).isInstanceOf(Status.Drift.class);
        assertThat(status(Unmanifested.COREDNS)).isInstanceOf(Status.Drift.class);
    }

    @Test
    void refusesNamesThatCoreDnsWouldNotRead() {
        there(BundledLook.COREFILE, "data: {Corefile: '.:53 {}'}");
        assertThat(status(new NamesAnswered(Ip.parse("10.43.0.10"), Map.of()))).isInstanceOf(Status.Refused.class);
        there(BundledLook.COREFILE, "data: {Corefile: 'import /etc/coredns/custom/*.server'}");
        assertThat(status(new NamesAnswered(Ip.parse("10.43.0.10"), Map.of()))).isEqualTo(Status.SAME);
    }

    @Test
    void seesWhetherAComponentOfK3sRunsOrIsGone() {
        String runs =
                "{kind: Deployment, metadata: {name: metrics-server, annotations: {objectset.rio.cattle.io/owner-name:"
                        + " metrics-server}}, spec: {replicas: 1}, status: {availableReplicas: %d, updatedReplicas: 1}}";
        assertThat(status(new Component("metrics-server", true))).isInstanceOf(Status.Drift.class);
        assertThat(status(new Component("metrics-server", false))).isEqualTo(Status.SAME);
        there(BundledLook.METRICS_SERVER, runs.formatted(0));
        assertThat(status(new Component("metrics-server", true))).isInstanceOf(Status.Drift.class);
        there(BundledLook.METRICS_SERVER, runs.formatted(1));
        assertThat(status(new Component("metrics-server", true))).isEqualTo(Status.SAME);
        assertThat(status(new Component("metrics-server", false))).isInstanceOf(Status.Drift.class);
        there(BundledLook.METRICS_SERVER, runs.formatted(1).replace("objectset.rio.cattle.io/owner-name", "theirs"));
        assertThat(status(new Component("metrics-server", false))).isEqualTo(Status.SAME);
    }

    @Test
    void readsTheFolderOfLocalPathFromItsConfiguration() {
        there(
                BundledLook.LOCAL_PATH_CONFIG,
                "data: {config.json: '{\"nodePathMap\":[{\"node\":\"DEFAULT_PATH_FOR_NON_LISTED_NODES\",\"paths\":[\"/a\"]}]}'}");
        assertThat(status(new LocalPathAt("/a"))).isEqualTo(Status.SAME);
        assertThat(status(new LocalPathAt("/b")))
                .isEqualTo(Status.drift(Worst.WAIT, "folder of local-path", "/a", "/b"));
    }
}

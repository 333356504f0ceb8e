package homelab.phase.longhorn;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.facts.Facts;
import homelab.facts.SampleFacts;
import homelab.model.Addons;
import homelab.model.Chart;
import homelab.model.ChartRelease;
import homelab.model.Cluster;
import homelab.model.Label;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.phase.Clusters;
import homelab.phase.Derived;
import homelab.problem.Problem;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LonghornTest {
    private static final Cluster TWO = Clusters.twoPis();

    @Test
    void twoNodesGetTwoReplicasAndTwoSideCarsEach() {
        Map<String, Object> values = Derived.under(derived(TWO), Map.of());

        assertThat(values)
                .extractingByKey("persistence")
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("defaultClassReplicaCount", 2);
        assertThat(setting(values, "defaultReplicaCount")).isEqualTo("{\"v1\":\"2\"}");
        assertThat(setting(values, "replicaSoftAntiAffinity")).isEqualTo("false");
        assertThat(values)
                .extractingByKey("csi")
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("attacherReplicaCount", 2)
                .containsEntry("podAntiAffinityPreset", "hard");
    }

    @Test
    void onlyLabelledNodesStoreDataWhereThereAreSome() {
        Cluster one = labelled("ultron");

        assertThat(StorageNodes.of(one).nodes())
                .extracting(node -> node.name().text())
                .containsExactly("ultron");
        Map<String, Object> values = Derived.under(derived(one), Map.of());
        assertThat(setting(values, "createDefaultDiskLabeledNodes")).isEqualTo("true");
        assertThat(setting(values, "defaultReplicaCount")).isEqualTo("{\"v1\":\"1\"}");
        assertThat(setting(Derived.under(derived(TWO), Map.of()), "createDefaultDiskLabeledNodes"))
                .isNull();
    }

    @Test
    void warnsOfADiskThatIsTooFullForAnyVolume() {
        Map<NodeName, Facts> facts = Map.of(
                new NodeName("ultron"),
                SampleFacts.fresh("ultron", "10.0.1.11")
                        .with("disks", List.of(SampleFacts.disk("/", "/dev/sda1", "ext4", "ssd", 1L << 38, 1L << 35)))
                        .build());

        assertThat(judge(Map.of(), facts).warnings())
                .singleElement()
                .extracting(Problem::why)
                .isEqualTo("12 % of / are free and 25 must stay free");
        assertThat(judge(Map.of("defaultSettings", Map.of("storageMinimalAvailablePercentage", "10")), facts)
                        .warnings())
                .isEmpty();
    }

    /** The flat form is taken by Longhorn 1.11 without a word and without an effect. */
    @Test
    void limitsOfSideCarsAreKeyedByComponent() {
        String limits = String.valueOf(
                setting(Derived.under(derived(TWO), Map.of()), "systemManagedCSIComponentsResourceLimits"));

        assertThat(limits).startsWith("{\"csi-attacher\":{\"requests\":").contains("\"longhorn-csi-plugin\":{");
    }

    @Test
    void whatTheUserSaysWinsAndTheRestStays() {
        Map<String, Object> own = Map.of("defaultSettings", Map.of("replicaSoftAntiAffinity", "true"), "mine", 1);

        Map<String, Object> values = Derived.under(derived(TWO), own);

        assertThat(setting(values, "replicaSoftAntiAffinity")).isEqualTo("true");
        assertThat(setting(values, "storageOverProvisioningPercentage")).isEqualTo("100");
        assertThat(values).containsEntry("mine", 1);
    }

    @Test
    void everyDerivedValueHasAReason() {
        assertThat(derived(TWO))
                .hasSizeGreaterThan(20)
                .allSatisfy(one -> assertThat(one.reason()).isNotBlank());
    }

    @Test
    void refusesMoreReplicasThanNodesThatStoreData() {
        assertThat(judge(Map.of("persistence", Map.of("defaultClassReplicaCount", 3)), Map.of())
                        .refusals())
                .singleElement()
                .extracting(Problem::what)
                .isEqualTo("addons.longhorn wants 3 replicas, and 2 nodes store data");
        assertThat(judge(Map.of("persistence", Map.of("defaultClassReplicaCount", 2)), Map.of())
                        .refusals())
                .isEmpty();
    }

    @Test
    void refusesABackupTargetOnANodeOfTheClusterAndWarnsOfAnyOtherNfs() {
        assertThat(judge(backup("nfs://10.0.1.11:/backup"), Map.of()).refusals())
                .singleElement()
                .satisfies(problem -> assertThat(problem.why()).contains("the NFS freeze"));
        PreflightLonghorn.Judgement elsewhere = judge(backup("nfs://10.0.9.9:/backup"), Map.of());
        assertThat(elsewhere.refusals()).isEmpty();
        assertThat(elsewhere.warnings()).hasSize(1);
        assertThat(judge(backup("s3://pis@home/"), Map.of()).warnings()).isEmpty();
    }

    @Test
    void refusesAFullDiskAndABrokenKernelAndWarnsOfCards() {
        Facts full = SampleFacts.fresh("ultron", "10.0.1.11")
                .with("kernel", "6.5.0-21-generic")
                .with("disks", List.of(SampleFacts.disk("/", "/dev/mmcblk0p2", "ext4", "sd-card", 1L << 35, 1L << 32)))
                .build();

        PreflightLonghorn.Judgement judgement = judge(Map.of(), Map.of(new NodeName("ultron"), full));

        assertThat(judgement.refusals())
                .extracting(Problem::what)
                .containsExactly(
                        "ultron: Longhorn's volumes fail on its kernel", "ultron: has too little room for Longhorn");
        assertThat(judgement.warnings())
                .extracting(Problem::what)
                .containsExactly(
                        "ultron: Longhorn will put no volume there",
                        "ultron: Longhorn will be slow and wear out the card");
    }

    @Test
    void saysNothingWithoutLonghorn() {
        assertThat(PreflightLonghorn.judge(TWO, Map.of()).refusals()).isEmpty();
    }

    private static PreflightLonghorn.Judgement judge(Map<String, Object> values, Map<NodeName, Facts> facts) {
        Chart chart = new Chart.Repository(URI.create("https://charts.longhorn.io"), "longhorn", "1.11.2");
        ChartRelease longhorn = new ChartRelease("longhorn", chart, "longhorn-system", values, Map.of(), List.of());
        Cluster cluster = new Cluster(
                TWO.name(), TWO.network(), TWO.k3s(), TWO.knownHosts(), TWO.nodes(), Addons.of(List.of(longhorn)));
        Map<NodeName, Facts> all = new HashMap<>();
        TWO.nodes()
                .forEach(node -> all.put(
                        node.name(),
                        SampleFacts.fresh(node.name().text(), node.ip().toString())
                                .build()));
        all.putAll(facts);
        return PreflightLonghorn.judge(cluster, all);
    }

    private static Map<String, Object> backup(String target) {
        return Map.of("defaultBackupStore", Map.of("backupTarget", target));
    }

    private static List<Derived> derived(Cluster cluster) {
        return LonghornValues.of(cluster);
    }

    private static @org.jspecify.annotations.Nullable Object setting(Map<String, Object> values, String name) {
        return ((Map<?, ?>) values.getOrDefault("defaultSettings", Map.of())).get(name);
    }

    private static Cluster labelled(String name) {
        List<Node> nodes = new ArrayList<>();
        for (Node node : TWO.nodes()) {
            List<Label> labels =
                    node.name().text().equals(name) ? List.of(new Label(StorageNodes.LABEL, "true")) : List.of();
            nodes.add(new Node(
                    node.name(),
                    node.role(),
                    node.access(),
                    node.ip(),
                    node.become(),
                    node.flannelIface(),
                    labels,
                    node.taints(),
                    node.model()));
        }
        return new Cluster(TWO.name(), TWO.network(), TWO.k3s(), TWO.knownHosts(), nodes, TWO.addons());
    }
}

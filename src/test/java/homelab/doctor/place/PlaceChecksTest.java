package homelab.doctor.place;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.Houses;
import homelab.doctor.Objects;
import homelab.doctor.Verdict;
import homelab.doctor.Verdicts;
import homelab.doctor.sto.Claims;
import homelab.doctor.sto.Pinned;
import homelab.model.NodeName;
import homelab.model.Placement;
import homelab.phase.Clusters;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceChecksTest {
    private static final String NODE = """
            {"metadata": {"name": "NAME", "labels": {"disk": "DISK", "kubernetes.io/hostname": "NAME", "slots": "4"}},
             "spec": {}, "status": {"conditions": [{"type": "Ready", "status": "READY"}]}}""";
    private static final String ULTRON = NODE.replace("NAME", "ultron").replace("DISK", "ssd");
    private static final String JARVIS =
            NODE.replace("NAME", "jarvis").replace("DISK", "card").replace("READY", "True");

    private static Houses house(String ultron, String... specs) {
        StringBuilder pods = new StringBuilder();
        for (String spec : specs) {
            pods.append(pods.isEmpty() ? "" : ",")
                    .append("{\"metadata\": {\"namespace\": \"web\", \"name\": \"p\", \"ownerReferences\": [{\"kind\":"
                            + " \"StatefulSet\", \"name\": \"db\"}]}, \"spec\": ")
                    .append(spec)
                    .append('}');
        }
        return Houses.twoPis()
                .lists(Objects.NODES, "[" + JARVIS + "," + ultron + "]")
                .lists(Objects.PODS, "[" + pods + "]")
                .lists(Claims.CLAIMS, "[]")
                .lists(Pinned.VOLUMES, "[]");
    }

    private static String affinity(String expression) {
        return "{\"affinity\": {\"nodeAffinity\": {\"requiredDuringSchedulingIgnoredDuringExecution\": {\"nodeSelectorTerms\":"
                + " [{\"matchExpressions\": [" + expression + "]}]}}}}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"key\": \"disk\", \"operator\": \"In\", \"values\": [\"ssd\"]} | PASS",
                "{\"key\": \"disk\", \"operator\": \"In\", \"values\": [\"nvme\"]} | FAIL",
                "{\"key\": \"disk\", \"operator\": \"NotIn\", \"values\": [\"ssd\", \"card\"]} | FAIL",
                "{\"key\": \"disk\", \"operator\": \"DoesNotExist\"} | FAIL",
                "{\"key\": \"slots\", \"operator\": \"Gt\", \"values\": [\"3\"]} | PASS",
                "{\"key\": \"slots\", \"operator\": \"Gt\", \"values\": [\"4\"]} | FAIL",
                "{\"key\": \"disk\", \"operator\": \"Gt\", \"values\": [\"3\"]} | FAIL"
            })
    void failsOfAWorkloadWhoseRulesNoNodeFulfils(String expression, Verdict verdict) {
        assertThat(Verdicts.one(new Placeable(), house(ULTRON.replace("READY", "True"), affinity(expression)))
                        .verdict())
                .isEqualTo(verdict);
    }

    @Test
    void failsWhenTheOnlyNodeThatWillDoIsAwayAndSaysWhyEachWillNot() {
        Houses houses = house(ULTRON.replace("READY", "Unknown"), "{\"nodeSelector\": {\"disk\": \"ssd\"}}");

        Finding finding = Verdicts.one(new Placeable(), houses);
        assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(finding.inferred()).isTrue();
        assertThat(finding.evidence()).containsExactly("jarvis: no label disk=ssd", "ultron: takes no pods now");
    }

    @Test
    void doesNotAskForAnotherNodeWhereOneIsOnlyAway() {
        assertThat(Verdicts.of(new Placeable(), house(ULTRON.replace("READY", "Unknown"), "{}", "{}")))
                .containsExactly("PASS cluster");
    }

    @Test
    void warnsOfSeveralCopiesForWhichOneNodeWillDo() {
        String spec = "{\"nodeSelector\": {\"disk\": \"ssd\"}}";

        assertThat(Verdicts.of(new Placeable(), house(ULTRON.replace("READY", "True"), spec, spec)))
                .containsExactly("WARN web statefulset/db");
        assertThat(Verdicts.of(new Placeable(), house(ULTRON.replace("READY", "True"), spec)))
                .containsExactly("PASS cluster");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | FAIL",
                "[{\"operator\": \"Exists\"}] | PASS",
                "[{\"key\": \"only\", \"operator\": \"Exists\"}] | PASS",
                "[{\"key\": \"only\", \"value\": \"storage\"}] | PASS",
                "[{\"key\": \"only\", \"value\": \"other\"}] | FAIL",
                "[{\"key\": \"only\", \"operator\": \"Exists\", \"effect\": \"NoExecute\"}] | FAIL"
            })
    void holdsTolerationsAgainstTaintsAsTheSchedulerDoes(String tolerations, Verdict verdict) {
        String tainted = "{\"taints\": [{\"key\": \"only\", \"value\": \"storage\", \"effect\": \"NoSchedule\"}]}";
        String ultron = ULTRON.replace("READY", "True").replace("\"spec\": {}", "\"spec\": " + tainted);
        String spec = "{\"nodeSelector\": {\"disk\": \"ssd\"}, \"tolerations\": " + tolerations + "}";

        assertThat(Verdicts.one(new Placeable(), house(ultron, spec)).verdict()).isEqualTo(verdict);
    }

    @Test
    void followsAClaimToTheNodeOnWhichItsVolumeLies() {
        String volume =
                "[{\"metadata\": {\"name\": \"pv\"}, \"spec\": {\"nodeAffinity\": {\"required\": {\"nodeSelectorTerms\":"
                        + " [{\"matchExpressions\": [{\"key\": \"kubernetes.io/hostname\", \"operator\": \"In\", \"values\":"
                        + " [\"ultron\"]}]}]}}}}]";
        String spec =
                "{\"nodeSelector\": {\"disk\": \"card\"}, \"volumes\": [{\"persistentVolumeClaim\": {\"claimName\":"
                        + " \"data\"}}]}";
        Houses houses = house(ULTRON.replace("READY", "True"), spec)
                .lists(
                        Claims.CLAIMS,
                        "[{\"metadata\": {\"namespace\": \"web\", \"name\": \"data\"}, \"spec\": {\"volumeName\": \"pv\"}}]");

        assertThat(Verdicts.of(new Placeable(), houses)).containsExactly("PASS cluster");
        assertThat(Verdicts.one(new Placeable(), houses.lists(Pinned.VOLUMES, volume))
                        .evidence())
                .containsExactly("jarvis: its volume pv lies elsewhere", "ultron: no label disk=card");
    }

    @Test
    void doesNotApplyWhereTheInventorySaysNothingOfPlaces() {
        for (Check check : PlaceChecks.all().subList(0, 2)) {
            Finding finding = Verdicts.one(check, Houses.twoPis());
            assertThat(finding.verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
            assertThat(finding.what()).isEqualTo("the inventory has no placement");
        }
    }

    private static final String PROMETHEUS = """
            {"metadata": {"namespace": "monitoring", "name": "prometheus-home-0", "labels": {"app": "prometheus"},
              "ownerReferences": [{"kind": "StatefulSet", "name": "prometheus-home"}]},
             "spec": {"nodeName": "ON", "nodeSelector": {}, "affinity": {"nodeAffinity": {RULE}}},
             "status": {"phase": "Running", "startTime": "2026-11-22T04:40:00Z"}}""";
    private static final String ON_ULTRON =
            "[{\"matchExpressions\": [{\"key\": \"kubernetes.io/hostname\", \"operator\": \"In\", \"values\": [\"ultron\"]}]}]";
    private static final String REQUIRED =
            "\"requiredDuringSchedulingIgnoredDuringExecution\": {\"nodeSelectorTerms\": " + ON_ULTRON + "}";
    private static final String PREFERRED =
            "\"preferredDuringSchedulingIgnoredDuringExecution\": [{\"weight\": 1, \"preference\": "
                    + ON_ULTRON.substring(1, ON_ULTRON.length() - 1) + "}]";

    private static Finding placed(Check check, boolean required, String ready, String on, String rule) {
        return Verdicts.one(check, placing("prometheus-home", required, ready, on, rule));
    }

    private static Houses placing(String workload, boolean required, String ready, String on, String rule) {
        Placement placement = new Placement(
                "monitoring", new Placement.Of(workload), java.util.List.of(new NodeName("ultron")), required);
        return Houses.of(Clusters.placing(Clusters.twoPis(), placement))
                .lists(
                        Objects.NODES,
                        "[" + JARVIS + ","
                                + ULTRON.replace(
                                        "\"READY\"",
                                        "\"" + ready + "\", \"lastTransitionTime\": \"2026-11-22T04:40:30Z\"")
                                + "]")
                .lists(Objects.PODS, "[" + PROMETHEUS.replace("ON", on).replace("RULE", rule) + "]");
    }

    @ParameterizedTest
    @CsvSource({
        "true, True, jarvis, FAIL",
        "true, False, jarvis, FAIL",
        "true, True, ultron, PASS",
        "true, True, '', PASS",
        "false, True, jarvis, WARN",
        "false, False, jarvis, PASS",
        "false, True, ultron, PASS"
    })
    void podsRunWhereTheInventorySays(boolean required, String ready, String on, Verdict verdict) {
        assertThat(placed(new InPlace(), required, ready, on, "").verdict()).isEqualTo(verdict);
    }

    @Test
    void saysThatTheNodeWasLate() {
        Finding finding = placed(new InPlace(), true, "True", "jarvis", "");

        assertThat(finding.subject()).isEqualTo("monitoring/prometheus-home");
        assertThat(finding.evidence())
                .containsExactly("Pod monitoring/prometheus-home-0 on jarvis, started 2026-11-22T04:40:00Z, when ultron"
                        + " was not there yet (Ready since 2026-11-22T04:40:30Z)");
    }

    @ParameterizedTest
    @CsvSource({
        "true, required, PASS",
        "true, preferred, FAIL",
        "true, none, FAIL",
        "true, other, FAIL",
        "false, other, FAIL",
        "false, required, WARN",
        "false, preferred, PASS",
        "false, none, WARN"
    })
    void workloadsRequireAndPreferWhatTheInventorySays(boolean required, String rule, Verdict verdict) {
        String rules = Map.of(
                        "required",
                        REQUIRED,
                        "preferred",
                        PREFERRED,
                        "none",
                        "",
                        "other",
                        REQUIRED.replace("ultron", "jarvis"))
                .get(rule);

        assertThat(placed(new RulesAsDeclared(), required, "True", "ultron", rules)
                        .verdict())
                .isEqualTo(verdict);
    }

    @Test
    void aRuleThatCoversNothingAndAWorkloadThatNobodyDeclaredWarn() {
        Houses other = placing("grafana", true, "True", "ultron", REQUIRED);

        assertThat(Verdicts.of(new InPlace(), other)).containsExactly("WARN monitoring/grafana");
        assertThat(Verdicts.of(new RulesAsDeclared(), other))
                .containsExactly("WARN monitoring statefulset/prometheus-home");
        assertThat(Verdicts.of(new RulesAsDeclared(), placing("grafana", true, "True", "ultron", "")))
                .containsExactly("PASS cluster");
    }

    @Test
    void withoutPlacementNothingIsJudged() {
        assertThat(Verdicts.of(new InPlace(), Houses.twoPis())).containsExactly("NOT_APPLICABLE cluster");
        assertThat(Verdicts.of(new RulesAsDeclared(), Houses.twoPis())).containsExactly("NOT_APPLICABLE cluster");
    }
}

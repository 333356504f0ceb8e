package homelab.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import homelab.model.Label;
import homelab.model.NodeName;
import homelab.model.Taint;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.resource.Deed;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeListBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is sent to the API and what is made of its answers, against answers that are set for each request. */
class KubeApiTest {
    private static final String PATH = "/api/v1/nodes/ultron";

    /** Held, or its level would be lost with it. */
    private static final Logger MOCK_LOG = Logger.getLogger("io.fabric8.mockwebserver");

    private final KubernetesMockServer server = new KubernetesMockServer(false);
    private KubeApi api;

    @BeforeEach
    void start() {
        MOCK_LOG.setLevel(Level.WARNING);
        server.init();
        api = new KubeApi(server.createClient(), () -> {});
    }

    @AfterEach
    void stop() {
        api.close();
        server.destroy();
    }

    @Test
    void readsNodes() {
        server.expect()
                .get()
                .withPath("/api/v1/nodes")
                .andReturn(200, new NodeListBuilder().withItems(ultron()).build())
                .once();

        assertThat(api.nodes()).singleElement().satisfies(node -> {
            assertThat(node.name()).isEqualTo("ultron");
            assertThat(node.ready()).isTrue();
            assertThat(node.version()).isEqualTo("v1.33.4+k3s1");
            assertThat(node.labels()).containsEntry("disk", "sd");
            assertThat(node.taints())
                    .containsExactly(Taint.parse("theirs=x:NoSchedule"), Taint.parse("gone:NoSchedule"));
        });
    }

    @Test
    void setsAnnotationsAndTakesThoseAwayThatHaveNoValue() throws Exception {
        String path = "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/web";
        String web =
                "{\"apiVersion\":\"argoproj.io/v1alpha1\",\"kind\":\"Application\",\"metadata\":{\"name\":\"web\"}}";
        server.expect().get().withPath(path).andReturn(200, web).once();
        server.expect().patch().withPath(path).andReturn(200, web).once();
        Map<String, Optional<String>> notes = new LinkedHashMap<>();
        notes.put("homelab/paused-for", Optional.of("disk"));
        notes.put("homelab/paused-until", Optional.empty());

        api.annotate("argoproj.io/v1alpha1/applications", "argocd", "web", notes);

        var request = server.getLastRequest();
        assertThat(request.getHeader("Content-Type")).startsWith("application/merge-patch+json");
        assertThat(request.getBody().readUtf8())
                .isEqualTo(
                        "{\"metadata\":{\"annotations\":{\"homelab/paused-for\":\"disk\",\"homelab/paused-until\":null}}}");
    }

    @Test
    void knowsNoNodeThatIsNotThere() {
        assertThat(api.node(new NodeName("friday"))).isEmpty();
    }

    @Test
    void setsLabelsAndTaintsAndKeepsThoseOfOthers() throws Exception {
        returns(ultron());
        takesPatch(200);

        boolean changed = api.patchNode(deed(
                List.of(new Label("disk", "ssd"), new Label("room/attic", "yes")),
                Set.of("old"),
                List.of(Taint.parse("dedicated=storage:NoSchedule")),
                Set.of("gone")));

        assertThat(changed).isTrue();
        assertThat(lastPatch()).isEqualTo(json("""
                {"metadata": {
                   "labels": {"old": null, "disk": "ssd", "room/attic": "yes"},
                   "annotations": {"homelab/labels": "disk,room/attic", "homelab/taints": "dedicated"},
                   "resourceVersion": "41"},
                 "spec": {"taints": [
                   {"key": "theirs", "value": "x", "effect": "NoSchedule"},
                   {"key": "dedicated", "value": "storage", "effect": "NoSchedule"}]}}
                """));
    }

    @Test
    void sendsNothingWhenAllIsSo() {
        Node node = new NodeBuilder(ultron())
                .editMetadata()
                .addToAnnotations("homelab/labels", "disk")
                .addToAnnotations("homelab/taints", "theirs")
                .endMetadata()
                .build();
        returns(node);

        boolean changed = api.patchNode(deed(
                List.of(new Label("disk", "sd")), Set.of(), List.of(Taint.parse("theirs=x:NoSchedule")), Set.of()));

        assertThat(changed).isFalse();
    }

    @Test
    void dropsWhatWasOursAndIsNoLongerWanted() throws Exception {
        returns(new NodeBuilder(ultron())
                .editMetadata()
                .addToAnnotations("homelab/labels", "disk,old")
                .addToAnnotations("homelab/taints", "gone")
                .endMetadata()
                .build());
        takesPatch(200);

        api.patchNode(deed(List.of(new Label("disk", "sd")), Set.of(), List.of(), Set.of()));

        assertThat(lastPatch()).isEqualTo(json("""
                {"metadata": {
                   "labels": {"old": null},
                   "annotations": {"homelab/labels": "disk", "homelab/taints": null},
                   "resourceVersion": "41"},
                 "spec": {"taints": [{"key": "theirs", "value": "x", "effect": "NoSchedule"}]}}
                """));
    }

    @Test
    void changesTheEffectOfATaintOfOurs() throws Exception {
        returns(ultron());
        takesPatch(200);

        api.patchNode(deed(List.of(), Set.of(), List.of(Taint.parse("gone:NoExecute")), Set.of()));

        assertThat(lastPatch().at("/spec/taints").toString())
                .isEqualTo("[{\"effect\":\"NoSchedule\",\"key\":\"theirs\",\"value\":\"x\"},"
                        + "{\"effect\":\"NoExecute\",\"key\":\"gone\"}]");
        assertThat(lastPatchText).doesNotContain("homelab/labels").contains("\"homelab/taints\":\"gone\"");
    }

    @Test
    void looksAgainWhenSomebodyChangedTheNodeMeanwhile() throws Exception {
        returns(ultron());
        takesPatch(409);
        returns(new NodeBuilder(ultron())
                .editMetadata()
                .withResourceVersion("42")
                .endMetadata()
                .editSpec()
                .addNewTaint("NoExecute", "new", null, null)
                .endSpec()
                .build());
        takesPatch(200);

        api.patchNode(deed(List.of(), Set.of(), List.of(Taint.parse("dedicated:NoSchedule")), Set.of()));

        JsonNode patch = lastPatch();
        assertThat(patch.at("/metadata/resourceVersion").asText()).isEqualTo("42");
        assertThat(patch.at("/spec/taints").findValuesAsText("key"))
                .containsExactly("theirs", "gone", "new", "dedicated");
    }

    private void eviction(int code, String answer) {
        server.expect()
                .post()
                .withPath("/api/v1/namespaces/default/pods/web/eviction")
                .andReturn(code, answer)
                .always();
    }

    @Test
    void aPodThatIsGoneIsNoRefusal() {
        eviction(404, "{}");
        assertThat(api.evict("default", "web")).isEmpty();
    }

    @Test
    void tellsThatABudgetSaysNotNow() {
        eviction(429, "{}");

        assertThat(api.evict("default", "web")).contains("none may go now");
    }

    @Test
    void anEvictionThatTheApiForbidsIsAProblemAndNoRefusal() {
        eviction(403, "{}");

        assertThatThrownBy(() -> api.evict("default", "web")).isInstanceOf(Failure.class);
    }

    @Test
    void cordonsByOneFieldAlone() throws Exception {
        returns(ultron());
        takesPatch(200);

        api.cordon(new NodeName("ultron"));

        assertThat(lastPatch()).isEqualTo(json("{\"spec\": {\"unschedulable\": true}}"));
    }

    @Test
    void givesUpWhenTheNodeNeverHoldsStill() {
        server.expect().get().withPath(PATH).andReturn(200, ultron()).always();
        server.expect().patch().withPath(PATH).andReturn(409, "{}").always();

        assertProblem(Exit.FAILED, "somebody else keeps changing it", () -> api.patchNode(oneLabel()));
        assertThat(server.getRequestCount()).isEqualTo(5 * 3);
    }

    @Test
    void offersToJoinANodeThatTheClusterDoesNotHave() {
        assertProblem(Exit.FAILED, "homelab join-node ultron", () -> api.patchNode(oneLabel()));
    }

    @Test
    void tellsWhatTheApiSaysAgainstAPatch() {
        returns(ultron());
        server.expect()
                .patch()
                .withPath(PATH)
                .andReturn(
                        422,
                        new StatusBuilder()
                                .withCode(422)
                                .withMessage("label is invalid")
                                .build())
                .once();

        assertProblem(Exit.FAILED, "the API says: label is invalid", () -> api.patchNode(oneLabel()));
    }

    @Test
    void namesTheCertificateWhenItIsNotTaken() {
        server.expect().get().withPath("/api/v1/nodes").andReturn(401, "{}").always();

        assertProblem(Exit.FAILED, "does not take the administrator's certificate", () -> api.nodes());
    }

    @Test
    void readsAnyPathAsItComes() {
        server.expect().get().withPath("/readyz").andReturn(200, "ok").once();

        assertThat(api.raw("/readyz")).isEqualTo("ok");
        assertProblem(Exit.FAILED, "no such path", () -> api.raw("/nothing"));
    }

    private String lastPatchText = "";

    private JsonNode lastPatch() throws Exception {
        lastPatchText = server.getLastRequest().getBody().readUtf8();
        return json(lastPatchText);
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }

    /** Twice: the client reads once more before it patches. */
    private void returns(Node node) {
        server.expect().get().withPath(PATH).andReturn(200, node).times(2);
    }

    private void takesPatch(int code) {
        server.expect()
                .patch()
                .withPath(PATH)
                .andReturn(code, code == 200 ? ultron() : "{}")
                .once();
    }

    private static void assertProblem(Exit exit, String says, Runnable act) {
        assertThatThrownBy(act::run).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.exit()).isEqualTo(exit);
            assertThat(failure.problems().toString()).contains(says);
        });
    }

    private static Deed.PatchNode oneLabel() {
        return deed(List.of(new Label("disk", "ssd")), Set.of(), List.of(), Set.of());
    }

    private static Deed.PatchNode deed(
            List<Label> labels, Set<String> dropLabels, List<Taint> taints, Set<String> dropTaints) {
        return new Deed.PatchNode(new NodeName("ultron"), labels, dropLabels, taints, dropTaints);
    }

    private static Node ultron() {
        return new NodeBuilder()
                .withNewMetadata()
                .withName("ultron")
                .withResourceVersion("41")
                .addToLabels("disk", "sd")
                .addToLabels("old", "1")
                .addToLabels("kubernetes.io/os", "linux")
                .endMetadata()
                .withNewSpec()
                .addNewTaint("NoSchedule", "theirs", null, "x")
                .addNewTaint("NoSchedule", "gone", null, null)
                .endSpec()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .withNewNodeInfo()
                .withKubeletVersion("v1.33.4+k3s1")
                .endNodeInfo()
                .endStatus()
                .build();
    }
}

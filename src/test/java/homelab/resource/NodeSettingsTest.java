package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import homelab.model.Label;
import homelab.model.NodeName;
import homelab.model.Taint;
import homelab.resource.Status.Drift;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodeSettingsTest {
    private static final NodeName ULTRON = new NodeName("ultron");
    private static final Taint CAMERAS = Taint.parse("dedicated=cameras:NoSchedule");
    private static final String FOREIGN_TAINT =
            "{\"key\":\"node.kubernetes.io/unreachable\",\"effect\":\"NoExecute\",\"timeAdded\":\"2026-01-01T00:00:00Z\"}";

    @Test
    void isSameWhenNothingIsWantedAndNothingWasOurs() {
        assertThat(status(settings(List.of(), List.of()), node("\"kubernetes.io/os\":\"linux\"", "", FOREIGN_TAINT)))
                .isEqualTo(Status.SAME);
    }

    @Test
    void isSameWhenAllIsSetAndRemembered() {
        String node = node(
                "\"disk\":\"ssd\"",
                "\"homelab/labels\":\"disk\",\"homelab/taints\":\"dedicated\"",
                FOREIGN_TAINT + ",{\"key\":\"dedicated\",\"value\":\"cameras\",\"effect\":\"NoSchedule\"}");
        assertThat(status(settings(List.of(new Label("disk", "ssd")), List.of(CAMERAS)), node))
                .isEqualTo(Status.SAME);
    }

    @Test
    void showsALabelThatWasChangedByHand() {
        String node = node("\"disk\":\"hdd\"", "\"homelab/labels\":\"disk\"", "");
        assertThat(status(settings(List.of(new Label("disk", "ssd")), List.of()), node))
                .isEqualTo(Status.drift(Worst.CHANGE, "label disk of ultron", "hdd", "ssd"));
    }

    @Test
    void showsALabelThatLeftTheInventoryAndNoForeignOne() {
        String node = node("\"disk\":\"ssd\",\"theirs\":\"x\"", "\"homelab/labels\":\"disk\"", "");
        assertThat(changes(settings(List.of(), List.of()), node))
                .containsExactly(
                        new Change("label disk of ultron", "ssd", "absent"),
                        new Change("annotation homelab/labels of ultron", "disk", "absent"));
    }

    @Test
    void showsTaintsThatComeGoAndChange() {
        String node = node(
                "",
                "\"homelab/taints\":\"dedicated,old\"",
                "{\"key\":\"old\",\"effect\":\"NoSchedule\"},{\"key\":\"dedicated\",\"value\":\"cameras\",\"effect\":\"NoExecute\"}");
        assertThat(changes(settings(List.of(), List.of(CAMERAS, Taint.parse("new:NoExecute"))), node))
                .contains(
                        new Change(
                                "taint dedicated of ultron",
                                "dedicated=cameras:NoExecute",
                                "dedicated=cameras:NoSchedule"),
                        new Change("taint new of ultron", "absent", "new:NoExecute"),
                        new Change("taint old of ultron", "old:NoSchedule", "absent"));
    }

    @Test
    void waitsForANodeThatIsNotInTheCluster() {
        assertThat(status(new NodeSettings(new NodeName("vision"), List.of(), List.of()), node("", "", "")))
                .isInstanceOf(Status.Waits.class);
    }

    @Test
    void patchesWhatIsWantedAndKeepsWhatIsForeign() throws Exception {
        JsonNode patch = patch(
                node(
                        "\"old\":\"1\",\"theirs\":\"x\"",
                        "\"homelab/labels\":\"old\",\"homelab/taints\":\"dedicated,gone\"",
                        FOREIGN_TAINT
                                + ",{\"key\":\"gone\",\"effect\":\"NoSchedule\"},{\"key\":\"dedicated\",\"value\":\"old\",\"effect\":\"NoSchedule\"}"),
                settings(List.of(new Label("disk", "ssd")), List.of(CAMERAS)));
        assertThat(patch.toString())
                .isEqualTo("{\"metadata\":{\"resourceVersion\":\"7\",\"labels\":{\"old\":null,\"disk\":\"ssd\"},"
                        + "\"annotations\":{\"homelab/labels\":\"disk\",\"homelab/taints\":\"dedicated\"}},\"spec\":{\"taints\":["
                        + FOREIGN_TAINT
                        + ",{\"key\":\"dedicated\",\"effect\":\"NoSchedule\",\"value\":\"cameras\"}]}}");
    }

    @Test
    void keepsALabelThatWasOursAndStillIs() throws Exception {
        JsonNode patch = patch(
                node("\"disk\":\"hdd\"", "\"homelab/labels\":\"disk\"", ""),
                settings(List.of(new Label("disk", "ssd")), List.of()));
        assertThat(patch.at("/metadata/labels").toString()).isEqualTo("{\"disk\":\"ssd\"}");
        assertThat(patch.at("/metadata/annotations/homelab~1taints").isNull()).isTrue();
    }

    @Test
    void dropsWhatTheDeedNamesBeyondTheAnnotations() {
        Deed.PatchNode deed = new Deed.PatchNode(
                ULTRON, List.of(), Set.of("extra"), List.of(), Set.of("node.kubernetes.io/unreachable"));
        assertThat(NodePatch.of(item("", "", FOREIGN_TAINT), deed))
                .contains("\"labels\":{\"extra\":null}", "\"taints\":[]");
    }

    private static JsonNode patch(String list, NodeSettings settings) throws Exception {
        String node = new ObjectMapper().readTree(list).at("/items/0").toString();
        return new ObjectMapper().readTree(NodePatch.of(node, (Deed.PatchNode) settings.deed()));
    }

    private static NodeSettings settings(List<Label> labels, List<Taint> taints) {
        return new NodeSettings(ULTRON, labels, taints);
    }

    private static List<Change> changes(NodeSettings settings, String json) {
        return ((Drift) status(settings, json)).changes();
    }

    private static Status status(NodeSettings settings, String json) {
        return settings.status(LocalSh.answering(settings, "api:nodes", json));
    }

    private static String node(String labels, String annotations, String taints) {
        return "{\"kind\":\"NodeList\",\"items\":[" + item(labels, annotations, taints) + "]}";
    }

    private static String item(String labels, String annotations, String taints) {
        return "{\"metadata\":{\"name\":\"ultron\",\"resourceVersion\":\"7\",\"labels\":{" + labels
                + "},\"annotations\":{" + annotations + "}},\"spec\":{\"taints\":[" + taints + "]},\"status\":{}}";
    }
}

package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

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
    void asksForAllThatIsWantedAndLeavesTheRestToWhatTheNodeRemembers() {
        assertThat(settings(List.of(new Label("disk", "ssd")), List.of(CAMERAS)).deed())
                .isEqualTo(new Deed.PatchNode(
                        ULTRON, List.of(new Label("disk", "ssd")), Set.of(), List.of(CAMERAS), Set.of()));
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

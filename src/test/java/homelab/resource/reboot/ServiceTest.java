package homelab.resource.reboot;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.drain.RebootMark;
import homelab.model.Hours;
import homelab.model.NodeName;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.LocalSh;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is asked before a node is rebooted, and until it is in service again. */
class ServiceTest {
    private static final NodeName ULTRON = new NodeName("ultron");
    private static final RebootMark MARK = new RebootMark("0f2c-1", "2026-11-23T02:00:00Z", false, true);
    private static final String CLOSED = "\"spec\":{\"unschedulable\":true},";

    private static String node(String name, String ready, String spec, String annotation) {
        String annotations = annotation.isEmpty() ? "" : ",\"annotations\":{\"homelab/reboot\":\"" + annotation + "\"}";
        return "{" + spec + "\"metadata\":{\"name\":\"" + name + "\"" + annotations
                + "},\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"" + ready + "\"}]}}";
    }

    private static String nodes(String... nodes) {
        return "{\"kind\":\"NodeList\",\"items\":[" + String.join(",", nodes) + "]}";
    }

    /** All probes of the resource are told the same, or by their place. */
    private static Status status(Resource resource, String... texts) {
        Map<String, Reading<?>> readings = new HashMap<>();
        List<Probe<?>> probes = resource.probes();
        for (int i = 0; i < probes.size(); i++) {

            String text = texts[Math.min(i, texts.length - 1)];
            readings.put(probes.get(i).id(), LocalSh.reading(probes.get(i), 0, text));
        }
        return resource.status(new Readings(readings));
    }

    private static String changes(Status status) {
        return ((Status.Drift) status).changes().toString();
    }

    @Test
    void aMarkIsReadAsItWasWritten() {
        assertThat(RebootMark.parse(MARK.text())).contains(MARK);
        assertThat(RebootMark.parse(new RebootMark("a", "b", true, false).text()))
                .contains(new RebootMark("a", "b", true, false));
        assertThat(RebootMark.parse("by hand")).isEmpty();
    }

    @Test
    void aNodeIsMarkedOnceAndUnderstoodAgain() {
        MarkedForReboot marked = new MarkedForReboot(ULTRON, MARK);
        assertThat(status(marked, nodes(node("ultron", "True", "", "")))).isInstanceOf(Status.Drift.class);
        assertThat(status(marked, nodes(node("ultron", "True", "", MARK.text()))))
                .isEqualTo(Status.SAME);
    }

    @Test
    void aHostWithTheBootIdOfBeforeIsYetToBeBooted() {
        Rebooted rebooted = new Rebooted(ULTRON, "0f2c-1", false);
        assertThat(status(rebooted, "0f2c-1\n"))
                .isInstanceOfSatisfying(
                        Status.Drift.class, drift -> assertThat(drift.worst()).isEqualTo(Worst.REBOOT));
        assertThat(status(rebooted, "77aa-2\n")).isEqualTo(Status.SAME);
        assertThat(rebooted.deed()).isEqualTo(new Deed.Reboot(Duration.ofMinutes(10), true));
    }

    @Test
    void aNodeIsInServiceWhenItIsOpenAndNothingStandsOnIt() {
        Uncordoned open = new Uncordoned(ULTRON, false);
        assertThat(status(open, nodes(node("ultron", "True", "", "")))).isEqualTo(Status.SAME);
        assertThat(changes(status(open, nodes(node("ultron", "True", CLOSED, "")))))
                .contains("takes no pods");
        assertThat(changes(status(open, nodes(node("ultron", "True", "", MARK.text())))))
                .contains("homelab/reboot");
    }

    @Test
    void aNodeThatSomebodyHadClosedStaysSo() {
        Uncordoned closed = new Uncordoned(ULTRON, true);
        assertThat(status(closed, nodes(node("ultron", "True", CLOSED, "")))).isEqualTo(Status.SAME);
        assertThat(((Deed.Shell) closed.deed()).script())
                .contains("homelab/reboot")
                .doesNotContain("unschedulable");
    }

    @Test
    void anotherNodeThatIsAwayOrClosedIsWaitedFor() {
        OthersUp others = new OthersUp(Set.of(ULTRON));
        String self = node("ultron", "False", CLOSED, "");
        assertThat(status(others, nodes(self, node("jarvis", "True", "", "")))).isEqualTo(Status.SAME);
        assertThat(changes(status(others, nodes(self, node("jarvis", "Unknown", "", "")))))
                .contains("not Ready");
        assertThat(changes(status(others, nodes(self, node("jarvis", "True", CLOSED, "")))))
                .contains("closed to pods");
        assertThat(changes(status(others, nodes(self, node("jarvis", "True", CLOSED, MARK.text())))))
                .contains("since its reboot of 2026-11-23T02:00:00Z");
        assertThat(status(others, "{\"kind\":\"Status\",\"code\":503}")).isInstanceOf(Status.Drift.class);
    }

    @Test
    void volumesAreWaitedForUnlessTheyLackedCopiesBefore() {
        String volumes = """
                {"items":[{"metadata":{"name":"pvc-1"},"spec":{"size":"1","numberOfReplicas":2},"status":{"state":"attached",
                  "kubernetesStatus":{"pvName":"pvc-1","pvcName":"music","namespace":"default"}}}]}""";
        String one = "{\"spec\":{\"volumeName\":\"pvc-1\",\"nodeID\":\"%s\",\"healthyAt\":\"%s\"}}";
        String whole = "{\"items\":[" + one.formatted("jarvis", "t") + "," + one.formatted("ultron", "t") + "]}";
        String filled = "{\"items\":[" + one.formatted("jarvis", "t") + "," + one.formatted("ultron", "") + "]}";

        assertThat(status(new VolumesWhole(Set.of()), "{}", volumes, whole)).isEqualTo(Status.SAME);
        assertThat(changes(status(new VolumesWhole(Set.of()), "{}", volumes, filled)))
                .contains("volume default/music", "1 of 2 copies, one is being filled");
        assertThat(status(new VolumesWhole(Set.of("default/music")), "{}", volumes, filled))
                .isEqualTo(Status.SAME);
        assertThat(status(new VolumesWhole(Set.of()), "{\"items\":[]}", "404 page not found", "404 page not found"))
                .as("no Longhorn")
                .isEqualTo(Status.SAME);
    }

    @Test
    void whatEveryNodeHasOfItsOwnIsWaitedForUnlessItWasSickBefore() {
        String pods = """
                {"kind":"PodList","items":[
                  {"metadata":{"namespace":"kube-system","ownerReferences":[{"kind":"DaemonSet","name":"csi","controller":true}]},
                   "status":{"conditions":[{"type":"Ready","status":"False"}]}},
                  {"metadata":{"namespace":"default","ownerReferences":[{"kind":"ReplicaSet","name":"web-1"}]},
                   "status":{"conditions":[{"type":"Ready","status":"False"}]}}]}""";

        assertThat(changes(status(new PodsOfNodeBack(ULTRON, Set.of()), pods)))
                .contains("DaemonSet kube-system/csi")
                .doesNotContain("web");
        assertThat(status(new PodsOfNodeBack(ULTRON, Set.of("kube-system/csi")), pods))
                .isEqualTo(Status.SAME);
        assertThat(status(new PodsOfNodeBack(ULTRON, Set.of()), pods.replace("False", "True")))
                .isEqualTo(Status.SAME);
    }

    @Test
    void noNodeIsBegunOutsideOfTheHours() {
        Hours night = Hours.parse("22:00-05:00");
        assertThat(new InHours(night, () -> LocalTime.of(2, 0)).status(Readings.NONE))
                .isEqualTo(Status.SAME);
        assertThat(new InHours(night, () -> LocalTime.of(5, 0)).status(Readings.NONE))
                .isInstanceOfSatisfying(
                        Status.Refused.class,
                        refused -> assertThat(refused.problem().why()).isEqualTo("it is 05:00"));
    }

    @Test
    void theLastBootTellsHowLongTheApiWillBeAway() {
        assertThat(LastBoot.minutes(Optional.of(Duration.ofSeconds(40)))).isEqualTo(2);
        assertThat(LastBoot.minutes(Optional.of(Duration.ofSeconds(200)))).isEqualTo(4);
        assertThat(LastBoot.minutes(Optional.empty())).isEqualTo(2);
    }
}

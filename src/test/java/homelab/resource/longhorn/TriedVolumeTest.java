package homelab.resource.longhorn;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.NodeName;
import homelab.resource.Deed;
import homelab.resource.LocalSh;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TriedVolumeTest {
    private static final NodeName JARVIS = new NodeName("jarvis");
    private static final NodeName ULTRON = new NodeName("ultron");

    @Test
    void whatWasTriedWithThisVersionOnTheseNodesIsNotTriedAgain() {
        assertThat(status("1.11.2 jarvis,ultron", Set.of(), "jarvis", "ultron")).isEqualTo(Status.SAME);
        assertThat(status("1.11.2 jarvis,ultron,vision", Set.of(), "jarvis")).isEqualTo(Status.SAME);
    }

    @Test
    void anotherVersionOrANewNodeIsTried() {
        assertThat(status("1.11.1 jarvis,ultron", Set.of(), "jarvis", "ultron"))
                .isEqualTo(drift("tried with 1.11.1 on jarvis, ultron"));
        assertThat(status("", Set.of(), "jarvis", "ultron")).isEqualTo(drift("not tried"));
        assertThat(status("1.11.2 jarvis", Set.of(), "jarvis", "ultron"))
                .isEqualTo(drift("tried with 1.11.2 on jarvis"));
    }

    private static Status drift(String before) {
        return Status.drift(Worst.CREATE, "test volume of Longhorn", before, "tried with 1.11.2 on jarvis, ultron");
    }

    @Test
    void aNodeThatIsAwayLeavesItForALaterRun() {
        assertThat(status("", Set.of(ULTRON), "jarvis"))
                .isEqualTo(new Status.NotHere("ultron stores data and is away; a later run tries it"));
        // Not asked by this command, and fine all the same.
        assertThat(status("", Set.of(ULTRON), "jarvis", "ultron")).isEqualTo(drift("not tried"));
    }

    @Test
    void waitsForLonghornAndItsNodes() {
        assertThat(status("", Set.of(), "jarvis"))
                .isEqualTo(new Status.Waits("Longhorn's nodes are ready", Worst.CREATE));
        assertThat(tried(Set.of()).status(readings("", "{\"kind\":\"Status\",\"code\":404}")))
                .isEqualTo(new Status.Waits("Longhorn is installed", Worst.CREATE));
    }

    @Test
    void remembersItOnlyAfterTheTest() {
        String script = ((Deed.Shell) tried(Set.of()).deed()).script();

        assertThat(script.strip())
                .endsWith("trap - EXIT\nk annotate --overwrite daemonset/longhorn-manager"
                        + " 'homelab/test-volume=1.11.2 jarvis,ultron' >&2");
    }

    private static Status status(String note, Set<NodeName> away, String... ready) {
        StringBuilder nodes = new StringBuilder();
        for (String node : ready) {
            nodes.append(nodes.isEmpty() ? "" : ",").append("{\"metadata\":{\"name\":\"" + node + "\"},\"status\":{}}");
        }
        return tried(away).status(readings(note, "{\"kind\":\"NodeList\",\"items\":[" + nodes + "]}"));
    }

    private static TriedVolume tried(Set<NodeName> away) {
        return new TriedVolume("longhorn-system", "1.11.2", List.of(JARVIS, ULTRON), away);
    }

    private static homelab.probe.Readings readings(String note, String nodes) {
        TriedVolume tried = tried(Set.of());
        String annotations = note.isEmpty() ? "{}" : "{\"homelab/test-volume\":\"" + note + "\"}";
        return LocalSh.answering(tried, "longhorn:tried", "{\"metadata\":{\"annotations\":" + annotations + "}}")
                .and(LocalSh.answering(tried, "longhorn:nodes", nodes + "\n---\n{\"items\":[]}"));
    }
}

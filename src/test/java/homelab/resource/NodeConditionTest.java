package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.NodeName;
import homelab.probe.Readings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeConditionTest {
    private static final NodeName JARVIS = new NodeName("jarvis");
    private static final String NODES = """
            {"kind":"NodeList","items":[{"metadata":{"name":"jarvis"},"status":{
              "addresses":[{"type":"Hostname","address":"jarvis"},{"type":"InternalIP","address":"10.0.1.10"}],
              "nodeInfo":{"kubeletVersion":"v1.33.4+k3s1"},
              "conditions":[
                {"type":"EtcdIsVoter","status":"True","reason":"MemberNotLearner","message":"Node is a voting member"},
                {"type":"Ready","status":"%s","reason":"KubeletNotReady","message":"container runtime network not ready"}]}}]}
            """;

    @Test
    void isSameWhenTheConditionIsTrue() {
        assertThat(status(NodeCondition.ready(JARVIS), NODES.formatted("True"))).isEqualTo(Status.SAME);
        assertThat(status(NodeCondition.voter(JARVIS), NODES.formatted("False")))
                .isEqualTo(Status.SAME);
    }

    @Test
    void saysWhatTheKubeletSaysWhenItIsNot() {
        assertThat(status(NodeCondition.ready(JARVIS), NODES.formatted("False")))
                .isEqualTo(Status.drift(
                        Worst.WAIT, "node jarvis", "not Ready (container runtime network not ready)", "Ready"));
        assertThat(status(NodeCondition.ready(JARVIS), NODES.formatted("Unknown")))
                .isNotEqualTo(Status.SAME);
    }

    @Test
    void waitsForANodeThatHasNotJoined() {
        assertThat(status(NodeCondition.ready(new NodeName("ultron")), NODES.formatted("True")))
                .isEqualTo(Status.drift(Worst.WAIT, "node ultron", "not in the cluster", "Ready"));
    }

    @Test
    void takesAnApiThatOnlySaysWhyItDoesNotAnswerForNone() {
        assertThat(status(NodeCondition.ready(JARVIS), "{\"kind\":\"Status\",\"code\":503}"))
                .isEqualTo(Status.drift(Worst.WAIT, "node jarvis", "no API", "Ready"));
    }

    @Test
    void waitsWhereThereIsNoApi() {
        NodeCondition ready = NodeCondition.ready(JARVIS);
        Readings readings = new Readings(Map.of("api:nodes", LocalSh.reading(NodeList.PROBE, 1, "")));
        assertThat(ready.status(readings)).isEqualTo(Status.drift(Worst.WAIT, "node jarvis", "no API", "Ready"));
        assertThat(new LocalSh().status(ready)).isEqualTo(ready.status(readings));
    }

    @Test
    void doesNotJudgeWhatIsNoJson() {
        assertThat(status(NodeCondition.ready(JARVIS), "<html>")).isInstanceOf(Status.Unknown.class);
        assertThat(NodeCondition.ready(JARVIS).status(Readings.NONE)).isInstanceOf(Status.Unknown.class);
    }

    @Test
    void readsAddressAndVersion() {
        NodeView view = NodeList.parse(NODES).node(JARVIS).orElseThrow();
        assertThat(view.address()).isEqualTo("10.0.1.10");
        assertThat(view.version()).isEqualTo("v1.33.4+k3s1");
    }

    private static Status status(NodeCondition condition, String json) {
        return condition.status(LocalSh.answering(condition, "api:nodes", json));
    }
}

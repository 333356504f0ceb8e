package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Ip;
import homelab.model.NodeName;
import homelab.probe.Readings;
import org.junit.jupiter.api.Test;

class NodeIsHostTest {
    private static final String NODES = """
            {"kind":"NodeList","items":[{"metadata":{"name":"ultron"},"status":{
              "addresses":[{"type":"InternalIP","address":"10.0.1.12"}],"nodeInfo":{"machineID":"aaaa"}}}]}
            """;

    private static Status status(String name, String ip, String machineId) {
        NodeIsHost resource = new NodeIsHost(new NodeName(name), Ip.parse(ip), machineId);
        return resource.status(LocalSh.answering(resource, "api:nodes", NODES));
    }

    @Test
    void refusesAnotherMachineUnderAMembersName() {
        assertThat(status("ultron", "10.0.1.77", "bbbb")).isInstanceOfSatisfying(Status.Refused.class, refused -> {
            assertThat(refused.problem().what()).contains("ultron", "member of the cluster", "10.0.1.12");
            assertThat(refused.problem().why()).contains("10.0.1.77", "another machine");
        });
    }

    @Test
    void takesAMachineThatGotAnotherAddressForWhatItIs() {
        assertThat(status("ultron", "10.0.1.77", "aaaa")).isEqualTo(Status.SAME);
    }

    @Test
    void leavesAMachineThatWasInstalledAnewToTheStepsThatKnowOfIt() {
        assertThat(status("ultron", "10.0.1.12", "bbbb")).isEqualTo(Status.SAME);
    }

    @Test
    void saysNothingOfAHostThatHasNotJoined() {
        assertThat(status("vision", "10.0.1.13", "cccc")).isEqualTo(Status.SAME);
    }

    @Test
    void isUnknownWhenTheNodesCannotBeSeen() {
        NodeIsHost resource = new NodeIsHost(new NodeName("ultron"), Ip.parse("10.0.1.12"), "aaaa");
        assertThat(resource.status(Readings.NONE)).isInstanceOf(Status.Unknown.class);
    }
}

package homelab.gate;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.doctor.House;
import homelab.doctor.Houses;
import homelab.doctor.Listing;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each gate passes, waits, is broken, or cannot be seen. */
class GatesTest {

    private static Course course(Houses houses) {
        return Gates.upTo(Gate.ARGOCD).course(houses.house());
    }

    static Passage at(Gate gate, Houses houses) {
        return course(houses).at(gate).orElseThrow();
    }

    private static String told(Passage passage) {
        return passage.sights().stream()
                .map(sight -> sight.state() + " " + sight.subject() + ": " + sight.what())
                .collect(Collectors.joining("\n"));
    }

    @Test
    void allPassWhenAllIsWell() {
        Course course = course(Booted.well());

        assertThat(course.passages())
                .allSatisfy(passage -> assertThat(passage.state())
                        .as(passage.gate() + " " + told(passage))
                        .isEqualTo(State.PASS));
        assertThat(course.passes()).isTrue();
    }

    /** Of a house of which nothing could be asked no gate passes. */
    @ParameterizedTest
    @EnumSource(Gate.class)
    void noGatePassesUnseen(Gate gate) {
        Passage passage = at(gate, Houses.twoPis());

        assertThat(passage.passes()).as(told(passage)).isFalse();
        assertThat(passage.isOpen()).as(told(passage)).isTrue();
    }

    private static Arguments a(Gate gate, State state, String words, UnaryOperator<Houses> broken) {
        return Arguments.of(gate, state, words, broken);
    }

    private static UnaryOperator<Houses> lists(Listing listing, String... items) {
        return houses -> houses.lists(listing, "[" + String.join(",", items) + "]");
    }

    private static UnaryOperator<Houses> says(String node, String id, String text) {
        return houses -> houses.answers(node, Booted.ask(id), text);
    }

    private static UnaryOperator<Houses> evidence(String... lines) {
        return houses -> houses.answers("ultron", SandboxesGate.EVIDENCE, Booted.evidence(lines));
    }

    private static UnaryOperator<Houses> nodes(String ultron) {
        return houses -> Booted.nodes(houses, Booted.node("jarvis", "", ""), ultron);
    }

    static Stream<Arguments> hosts() {
        return Stream.of(
                a(Gate.HOSTS, State.WAIT, "does not answer: no route", houses -> houses.lost("ultron", "no route")),
                a(Gate.HOSTS, State.BROKEN, "read-only", says("ultron", "gate:host", "up 9\nro /")),
                a(Gate.HOSTS, State.BROKEN, "100 MiB", says("ultron", "gate:host", "up 9\nfull /")),
                a(Gate.HOSTS, State.UNKNOWN, "how long it is up", says("ultron", "gate:host", "")),
                a(
                        Gate.ETCD,
                        State.BROKEN,
                        "k3s is failed",
                        says("jarvis", "check:unit", "LoadState=loaded\nActiveState=failed\nSubState=failed")
                                .andThen(says("jarvis", "facts:units", ""))::apply),
                a(
                        Gate.ETCD,
                        State.WAIT,
                        "no leader",
                        says("jarvis", "doctor:etcd", "health {}\netcd_server_has_leader 0\n")),
                a(Gate.ETCD, State.UNKNOWN, "etcd does not answer", says("jarvis", "doctor:etcd", "")),
                a(Gate.ETCD, State.UNKNOWN, "no server answers", houses -> houses.lost("jarvis", "no route")),
                a(
                        Gate.ETCD,
                        State.BROKEN,
                        "class D",
                        houses -> houses.answers(
                                "jarvis", SandboxesGate.EVIDENCE, Booted.evidence("runtime off", "f recover 3 9"))),
                a(
                        Gate.API,
                        State.WAIT,
                        "what is not well: etcd",
                        says("jarvis", "check:readyz", "no")
                                        .andThen(says(
                                                "jarvis", "gate:readyz", "[+]ping ok\n[-]etcd failed: reason withheld"))
                                ::apply),
                a(
                        Gate.NODES,
                        State.WAIT,
                        "Ready is Unknown",
                        nodes(Booted.node("ultron", "Unknown", Booted.JUST_NOW, "", ""))),
                a(
                        Gate.NODES,
                        State.WAIT,
                        "out-of-service",
                        nodes(Booted.node(
                                "ultron", "\"taints\": [{\"key\": \"node.kubernetes.io/out-of-service\"}]", ""))),
                a(
                        Gate.NODES,
                        State.WAIT,
                        "has not reported since it was booted",
                        says("ultron", "facts:system", "\n@@homelab boot-id\nanother\n")),
                a(
                        Gate.NODES,
                        State.NOTE,
                        "a reboot of it has not come to its end",
                        nodes(Booted.node(
                                "ultron",
                                "\"unschedulable\": true",
                                "\"homelab/reboot\": \"boot-of-ultron 2026-11-22T04:00:00Z open one\""))),
                a(Gate.NODES, State.NOTE, "cordoned", nodes(Booted.node("ultron", "\"unschedulable\": true", ""))),
                a(Gate.NODES, State.BROKEN, "class D", evidence("runtime off", "f recover 3 9")),
                a(
                        Gate.CNI,
                        State.WAIT,
                        "has not yet interface flannel.1",
                        says("ultron", "gate:cni", "interface flannel.1, up")),
                a(
                        Gate.CNI,
                        State.WAIT,
                        "no answer over the pod network",
                        says("jarvis", "check:peers", "ultron lan 0\nultron pods 1")),
                a(Gate.DNS, State.WAIT, "does not answer this host", says("ultron", "doctor:dns", "udp ")),
                a(
                        Gate.DNS,
                        State.WAIT,
                        "0 of 1 CoreDNS",
                        says("jarvis", "check:coredns", "{\"kind\": \"Deployment\", \"spec\": {\"replicas\": 1}}")));
    }

    static Stream<Arguments> pods() {
        return Stream.of(
                a(
                        Gate.SANDBOXES,
                        State.WAIT,
                        "1 dead sandbox bars a pod",
                        evidence(
                                "s dead default web u-1 0 notready 1700000000 -",
                                "k sandbox web_default_u-1_0 dead 12 4",
                                "p u-1 default web Pending Always - 300 - - -")),
                a(
                        Gate.SANDBOXES,
                        State.BROKEN,
                        "might run twice",
                        evidence(
                                "s dead batch imp u-1 0 notready 1700000000 -",
                                "k sandbox imp_batch_u-1_0 dead 12 4",
                                "p u-1 batch imp Pending Never - 300 - - -")),
                a(
                        Gate.SANDBOXES,
                        State.BROKEN,
                        "the kernel holds it",
                        evidence(
                                "k sandbox web_default_u-1_0 nobody 12 4",
                                "p u-1 default web Pending Always - 300 - - -",
                                "n 12 runc copy_net_ns")),
                a(Gate.SANDBOXES, State.WAIT, "does not answer", evidence("runtime hangs")),
                a(Gate.SANDBOXES, State.UNKNOWN, "containerd does not run", evidence("runtime off")),
                a(
                        Gate.WORKLOADS,
                        State.WAIT,
                        "StatefulSet default/db: has 0 of 1 pods",
                        lists(Lists.STATEFUL_SETS, Booted.set("default", "db", "", 0))),
                a(
                        Gate.WORKLOADS,
                        State.WAIT,
                        "does not go; it was on ultron",
                        lists(Lists.PODS, Booted.ending("ultron", Booted.LONG_AGO, ""))),
                a(
                        Gate.WORKLOADS,
                        State.BROKEN,
                        "file system of its volume has errors",
                        event("'fsck' found errors on device /dev/longhorn/pvc-1 but could not correct them")),
                a(
                        Gate.WORKLOADS,
                        State.WAIT,
                        "pv-1 is still attached elsewhere",
                        event(
                                "Multi-Attach error for volume \\\"pv-1\\\" Volume is already exclusively attached to one node")),
                a(
                        Gate.ARGOCD,
                        State.WAIT,
                        "cannot compare",
                        lists(Lists.APPLICATIONS, Booted.application("Unknown", "Healthy", "", ""))),
                a(
                        Gate.ARGOCD,
                        State.WAIT,
                        "is Synced, Progressing",
                        lists(Lists.APPLICATIONS, Booted.application("Synced", "Progressing", "", ""))),
                a(
                        Gate.ARGOCD,
                        State.NOTE,
                        "is OutOfSync, Healthy",
                        lists(Lists.APPLICATIONS, Booted.application("OutOfSync", "Healthy", "", ""))),
                a(
                        Gate.ARGOCD,
                        State.WAIT,
                        "argocd-repo-server does not run yet",
                        houses -> houses.lists(Lists.DEPLOYMENTS, Booted.deployments(1, 0))),
                a(
                        Gate.ARGOCD,
                        State.ABSENT,
                        "not installed",
                        houses -> houses.listsNothing(Lists.APPLICATIONS, Listing.NOT_INSTALLED)));
    }

    private static UnaryOperator<Houses> event(String message) {
        return houses -> houses.lists(Lists.PODS, "[" + Booted.pod("app", "ultron", "False", Booted.JUST_NOW) + "]")
                .lists(Lists.EVENTS, """
                        [{"involvedObject": {"kind": "Pod", "namespace": "longhorn-system", "name": "app-ultron", "uid": "uid-app-ultron"},
                          "reason": "FailedMount", "lastTimestamp": "2026-11-22T04:43:30Z", "message": "%s"}]""".formatted(message));
    }

    /** The API tells what was before the cut; containerd has no sandbox of it. */
    private static UnaryOperator<Houses> ofBefore(String app) {
        return houses -> houses.answers(
                "ultron",
                SandboxesGate.EVIDENCE,
                Booted.evidence().replaceAll("s . longhorn-system " + app + " .*\n", ""));
    }

    static Stream<Arguments> storage() {
        return Stream.of(
                a(
                        Gate.LONGHORN,
                        State.WAIT,
                        "its manager is not ready",
                        lists(Lists.PODS, Booted.pod("longhorn-manager", "ultron", "False", Booted.JUST_NOW))),
                a(
                        Gate.LONGHORN,
                        State.WAIT,
                        "does not call it Ready",
                        lists(Lists.LONGHORN_NODES, Booted.kept("ultron", "False"))),
                a(
                        Gate.LONGHORN,
                        State.WAIT,
                        "instance manager is error",
                        lists(
                                Lists.INSTANCES,
                                "{\"spec\": {\"nodeID\": \"ultron\"}, \"status\": {\"currentState\": \"error\"}}")),
                a(
                        Gate.LONGHORN,
                        State.WAIT,
                        "is deploying",
                        lists(
                                Lists.ENGINE_IMAGES,
                                "{\"metadata\": {\"name\": \"ei\"}, \"status\": {\"state\": \"deploying\"}}")),
                a(
                        Gate.LONGHORN,
                        State.ABSENT,
                        "not installed",
                        houses -> houses.listsNothing(Lists.LONGHORN_NODES, Listing.NOT_INSTALLED)),
                a(
                        Gate.CSI,
                        State.WAIT,
                        "does not know driver.longhorn.io; longhorn-csi-plugin runs",
                        lists(Lists.CSI_NODES, Booted.driver("jarvis", "driver.longhorn.io"))),
                a(
                        Gate.CSI,
                        State.WAIT,
                        "csi-attacher: none of it is available",
                        houses -> houses.lists(Lists.DEPLOYMENTS, Booted.deployments(0, 1))),
                a(
                        Gate.VOLUMES,
                        State.WAIT,
                        "is attaching",
                        lists(Lists.VOLUMES, Booted.volume("attaching", "unknown"))),
                a(Gate.VOLUMES, State.NOTE, "degraded", lists(Lists.VOLUMES, Booted.volume("attached", "degraded"))),
                a(Gate.VOLUMES, State.BROKEN, "faulted", lists(Lists.VOLUMES, Booted.volume("detached", "faulted"))),
                a(
                        Gate.VOLUMES,
                        State.WAIT,
                        "salvages when all nodes are back",
                        lists(Lists.VOLUMES, Booted.volume("detached", "faulted"))
                                .andThen(nodes(Booted.node("ultron", "True", Booted.JUST_NOW, "", "")))::apply),
                a(
                        Gate.VOLUMES,
                        State.WAIT,
                        "which is no node any more",
                        lists(Lists.ATTACHMENTS, Booted.attachment("gone", Booted.LONG_AGO, ""))));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource({"hosts", "pods", "storage"})
    void tellsWhatIsAgainstIt(Gate gate, State state, String words, UnaryOperator<Houses> broken) {
        Passage passage = at(gate, broken.apply(Booted.well()));

        assertThat(passage.state()).as(told(passage)).isEqualTo(state);
        assertThat(told(passage)).contains(words);
        if (state == State.BROKEN) {
            assertThat(passage.sights().get(0).fix()).isNotEmpty();
        }
    }

    /** What the API does not tell is not taken for well. */
    @ParameterizedTest
    @EnumSource(
            value = Gate.class,
            names = {"LONGHORN", "CSI", "VOLUMES", "WORKLOADS", "ARGOCD"})
    void doesNotPassWhatTheApiDoesNotTell(Gate gate) {
        for (Listing listing : List.of(
                Lists.LONGHORN_NODES,
                Lists.VOLUMES,
                Lists.PODS,
                Lists.DEPLOYMENTS,
                Lists.ATTACHMENTS,
                Lists.APPLICATIONS)) {
            Houses houses = Booted.well().listsNothing(listing, "the API did not answer");
            boolean looked = Gates.upTo(gate).checks().stream()
                            .flatMap(check -> check.listings().stream())
                            .anyMatch(one -> one.name().equals(listing.name()))
                    && isNeeded(gate, listing);

            assertThat(at(gate, houses).passes())
                    .as(gate + " " + listing.name())
                    .isEqualTo(!looked);
        }
    }

    private static boolean isNeeded(Gate gate, Listing listing) {
        return switch (gate) {
            case LONGHORN -> List.of(Lists.LONGHORN_NODES, Lists.PODS).contains(listing);
            case CSI ->
                List.of(Lists.LONGHORN_NODES, Lists.PODS, Lists.DEPLOYMENTS).contains(listing);
            case VOLUMES -> List.of(Lists.VOLUMES, Lists.ATTACHMENTS).contains(listing);
            case WORKLOADS -> List.of(Lists.PODS, Lists.DEPLOYMENTS).contains(listing);
            default -> listing.equals(Lists.APPLICATIONS);
        };
    }

    @Test
    void goesOnForTheLivingWhenANodeIsAway() {
        House house = Booted.nodes(
                        Booted.well()
                                .lost("ultron", "no route")
                                .answers("jarvis", Booted.ask("check:peers"), "ultron lan 1"),
                        Booted.node("jarvis", "", ""),
                        Booted.node("ultron", "Unknown", Booted.LONG_AGO, "", ""))
                .house();

        Course course = Gates.upTo(Gate.ARGOCD).course(house);

        assertThat(course.passages())
                .filteredOn(passage -> !passage.passes())
                .extracting(Passage::gate)
                .containsExactly(Gate.HOSTS);
        assertThat(course.at(Gate.NODES).orElseThrow().of(State.AWAY))
                .extracting(Sight::subject)
                .containsExactly("ultron");
    }

    @Test
    void looksNoFurtherThanTheGateThatIsWanted() {
        Gates gates = Gates.upTo(Gate.NODES);

        assertThat(gates.course(Booted.well().house()).passages())
                .extracting(Passage::gate)
                .containsExactly(Gate.HOSTS, Gate.ETCD, Gate.API, Gate.NODES);
        assertThat(gates.checks().stream().flatMap(check -> check.listings().stream()))
                .extracting(Listing::name)
                .containsOnly("nodes");
    }
}

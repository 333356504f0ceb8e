package homelab.drain;

import static homelab.drain.Told.list;
import static homelab.drain.Told.pods;
import static homelab.drain.Told.web;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ElsewhereTest {
    private static final String ULTRON = node("ultron", "");
    private static final String ROOMY = "requests: {cpu: 1, memory: 10}";

    private static String node(String name, String spec) {
        return "{metadata: {name: " + name + ", labels: {disk: " + (name.equals("jarvis") ? "ssd" : "card")
                + "}}, spec: {" + spec + "}, status: {conditions: [{type: Ready, status: True}]"
                + ", allocatable: {cpu: 2, memory: 100}}}";
    }

    private static Elsewhere with(String jarvis, String pods, String... volumes) {
        return Elsewhere.of("ultron", pods, list("NodeList", ULTRON, jarvis), list("PersistentVolumeList", volumes));
    }

    private static String against(String pod, String jarvis) {
        return String.join("", with(jarvis, pods(pod)).nowhere().values());
    }

    @Test
    void saysNothingOfWhatMayGoOnAnywhere() {
        assertThat(with(node("jarvis", ""), pods(web(""))).nowhere()).isEmpty();
    }

    @Test
    void tellsTheWorkloadThatNoOtherNodeTakesAndWhy() {
        String closed = node("jarvis", "unschedulable: true");
        String tainted = node("jarvis", "taints: [{key: only, value: me, effect: NoSchedule}]");
        String sick = node("jarvis", "").replace("status: True", "status: False");

        assertThat(with(closed, pods(web(""))).nowhere())
                .containsExactly(java.util.Map.entry("default: Deployment web", "jarvis is cordoned"));
        assertThat(against(web(""), tainted)).isEqualTo("jarvis has the taint only");
        assertThat(against(web(", tolerations: [{key: only, value: me}]"), tainted))
                .isEmpty();
        assertThat(against(web(", tolerations: [{key: only, value: you}]"), tainted))
                .isNotEmpty();
        assertThat(against(web(", tolerations: [{operator: Exists}]"), tainted)).isEmpty();
        assertThat(against(web(""), sick)).isEqualTo("jarvis is not Ready");
    }

    @Test
    void aPodThatAsksForANodeGoesNowhereElse() {
        String card = ", nodeSelector: {disk: card}";
        String affinity = ", affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {"
                + "nodeSelectorTerms: [{matchExpressions: [{key: disk, operator: In, values: [card]}]}]}}}";

        assertThat(against(web(card), node("jarvis", ""))).isEqualTo("jarvis is not a node that it asks for");
        assertThat(against(web(affinity), node("jarvis", ""))).isEqualTo("jarvis is not a node that it asks for");
        assertThat(against(web(affinity.replace("[card]", "[ssd]")), node("jarvis", "")))
                .isEmpty();
    }

    @Test
    void aPodIsBoundToTheNodeOfItsVolume() {
        String music = web(", volumes: [{name: m, persistentVolumeClaim: {claimName: music}}]");
        String volume = "{metadata: {name: pv}, spec: {claimRef: {namespace: default, name: music}, nodeAffinity: {"
                + "required: {nodeSelectorTerms: [{matchExpressions: [{key: disk, operator: In, values: [card]}]}]}}}}";

        Elsewhere elsewhere = with(node("jarvis", ""), pods(music), volume);

        assertThat(elsewhere.nowhere().values()).containsExactly("jarvis does not have its volume");
        assertThat(elsewhere.using("default/music")).extracting(Pod::owner).containsExactly("Deployment web");
        assertThat(elsewhere.using("default/films")).isEmpty();
    }

    @Test
    void roomIsGivenOnce() {
        String one = web(", containers: [{resources: {" + ROOMY.replace("10", "60") + "}}]");
        String other = one.replace("web-abc-1", "web-abc-2").replace("name: web-abc,", "name: db,");

        assertThat(with(node("jarvis", ""), pods(one)).nowhere()).isEmpty();
        assertThat(with(node("jarvis", ""), pods(one, other)).nowhere().values())
                .containsExactly("jarvis has no room");
        String there = one.replace("nodeName: ultron", "nodeName: jarvis");
        assertThat(with(node("jarvis", ""), pods(one, there)).nowhere().values())
                .as("what runs there takes room too")
                .containsExactly("jarvis has no room");
    }

    @Test
    void podsThatMustNotShareAHostDoNot() {
        String apart = web(", affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{"
                + "topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: web}}}]}}");
        String there = apart.replace("nodeName: ultron", "nodeName: jarvis");

        assertThat(with(node("jarvis", ""), pods(apart)).nowhere()).isEmpty();
        assertThat(with(node("jarvis", ""), pods(apart, there)).nowhere().values())
                .containsExactly("jarvis has one that it must not be beside");
    }
}

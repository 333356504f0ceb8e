package homelab.gate;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.doctor.House;
import homelab.doctor.Houses;
import homelab.model.Addons;
import homelab.model.Backend;
import homelab.model.Role;
import homelab.phase.Clusters;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is mended, and by which sight it is not. */
class RepairsTest {
    private static final String BACK = "2026-11-22T04:33:00Z"; // when the nodes of Booted became Ready
    private static final String DELETED = "2026-11-22T04:31:00Z";
    private static final String OFF = "node.kubernetes.io/out-of-service";

    private static Repairs of(Houses houses) {
        House house = houses.house();
        return Repairs.of(house, Gates.upTo(Gate.ARGOCD).course(house));
    }

    private static List<Repair> safe(Houses houses) {
        return of(houses).safe();
    }

    private static String ago(String what, int seconds) {
        return "\"homelab/recovered\": \"" + what + "@"
                + Houses.NOW.minusSeconds(seconds).getEpochSecond() + "\"";
    }

    @Test
    void mendsNothingWhereAllIsWell() {
        Repairs none = of(Booted.well());

        assertThat(none.safe()).isEmpty();
        assertThat(none.asked()).isEmpty();
        assertThat(none.held()).isEmpty();
    }

    private static final String[] GHOST = {
        "s dead default web u-1 0 notready 1700000000 -",
        "k sandbox web_default_u-1_0 dead 12 4",
        "p u-1 default web Pending Always - 300 - - -"
    };

    private static Houses ultron(String... lines) {
        return Booted.well().answers("ultron", SandboxesGate.EVIDENCE, Booted.evidence(lines));
    }

    @Test
    void removesADeadSandboxThatBarsAPodAndNoneThatBarsNobody() {
        assertThat(safe(ultron(GHOST))).singleElement().isInstanceOf(Barred.class);
        assertThat(safe(ultron("s dead default web u-1 0 notready 1700000000 -")))
                .isEmpty();
    }

    @Test
    void removesNoSandboxOfAPodThatIsToRunOnce() {
        assertThat(safe(ultron(GHOST[0], GHOST[1], GHOST[2].replace("Always", "Never"))))
                .isEmpty();
    }

    private static Houses unregistered(String startedAt, String annotations) {
        Houses houses = Booted.well()
                .lists(Lists.CSI_NODES, "[" + Booted.driver("jarvis", CsiGate.DRIVER) + "]")
                .lists(
                        Lists.PODS,
                        "["
                                + String.join(
                                        ",",
                                        Booted.pod("longhorn-manager", "jarvis", "True", Booted.LONG_AGO),
                                        Booted.pod("longhorn-manager", "ultron", "True", Booted.LONG_AGO),
                                        Booted.pod("longhorn-csi-plugin", "jarvis", "True", Booted.LONG_AGO),
                                        Booted.pod("longhorn-csi-plugin", "ultron", "True", startedAt))
                                + "]");
        return Booted.nodes(houses, Booted.node("jarvis", "", ""), Booted.node("ultron", "", annotations));
    }

    @Test
    void makesADriverAnewThatItsKubeletDoesNotKnowForThreeMinutes() {
        assertThat(safe(unregistered(Booted.LONG_AGO, "")))
                .singleElement()
                .isInstanceOfSatisfying(CsiPlugin.class, plugin -> {
                    assertThat(plugin.node().text()).isEqualTo("ultron");
                    assertThat(plugin.remembered()).isEqualTo("csi/boot-of-@" + Houses.NOW.getEpochSecond());
                });
        assertThat(safe(unregistered(Booted.JUST_NOW, ""))).isEmpty();
    }

    @Test
    void leavesADriverAloneThatHasNotStartedSinceTheBoot() {
        String before = Booted.evidence().replaceAll("s . longhorn-system longhorn-csi-plugin .*\n", "");

        assertThat(safe(unregistered(Booted.LONG_AGO, "").answers("ultron", SandboxesGate.EVIDENCE, before)))
                .isEmpty();
    }

    @Test
    void makesADriverAnewOnceInABoot() {
        Houses again = unregistered(Booted.LONG_AGO, ago("csi/boot-of-", 3600));

        assertThat(safe(again)).isEmpty();
        assertThat(GatesTest.at(Gate.CSI, again).sights().get(0).fix()).contains("restart k3s-agent", "kubeletRootDir");
        assertThat(safe(unregistered(Booted.LONG_AGO, ago("csi/of-before", 3600))))
                .hasSize(1);
    }

    @Test
    void leavesTheDriverAloneUntilLonghornItselfIsUp() {
        Houses early = unregistered(Booted.LONG_AGO, "")
                .lists(Lists.LONGHORN_NODES, "[" + Booted.kept("ultron", "False") + "]");

        assertThat(of(early).safe()).isEmpty();
        assertThat(of(early).held())
                .singleElement()
                .extracting(Repairs.Held::why)
                .isEqualTo("Longhorn itself is not up yet");
    }

    private static Houses stuck(String deleted, String more, String annotations, String... evidence) {
        Houses houses = Booted.well()
                .lists(Lists.PODS, "[" + Booted.ending("ultron", deleted, more) + "]")
                .answers("ultron", SandboxesGate.EVIDENCE, Booted.evidence(evidence));
        return Booted.nodes(houses, Booted.node("jarvis", "", ""), Booted.node("ultron", "", annotations));
    }

    @Test
    void deletesAPodOfTheLastBootAndForgetsItWhenThatDoesNotHelp() {
        assertThat(safe(stuck(DELETED, "", "")))
                .singleElement()
                .isInstanceOfSatisfying(
                        StuckPod.class, pod -> assertThat(pod.force()).isFalse());
        assertThat(safe(stuck(DELETED, "", ago("delete/uid-db-0", 10)))).isEmpty();
        assertThat(safe(stuck(DELETED, "", ago("delete/uid-db-0", 40))))
                .singleElement()
                .isInstanceOfSatisfying(
                        StuckPod.class, pod -> assertThat(pod.force()).isTrue());
    }

    @Test
    void leavesAPodAloneOfWhichSomethingMayLive() {
        assertThat(safe(stuck(DELETED, "", "", "s one default db-0 uid-db-0 0 ready 1700000000 -")))
                .isEmpty();
        assertThat(safe(stuck(DELETED, "", "", "s one default db-0 uid-db-0 0 notready 1700000000 -", "v one")))
                .isEmpty();
        assertThat(safe(stuck(DELETED, "", "", "s one default db-0 uid-db-0 0 notready 1700000000 -", "h one 40 9")))
                .isEmpty();
        assertThat(safe(stuck(DELETED, "", "", "runtime off"))).isEmpty();
        assertThat(safe(stuck(DELETED, "", "", "s one default db-0 uid-db-0 0 notready 1700000000 -")))
                .hasSize(1);
    }

    @Test
    void leavesAPodAloneThatSomebodyHoldsOrThatWasDeletedAfterTheNodeCameBack() {
        assertThat(safe(stuck(DELETED, ", \"finalizers\": [\"a/b\"]", ""))).isEmpty();
        assertThat(safe(stuck("2026-11-22T04:35:00Z", "", ""))).isEmpty();
        assertThat(BACK).isGreaterThan(DELETED);
    }

    @Test
    void leavesAPodAloneWhoseNodeShowsAnotherBootThanItsHost() {
        Houses another =
                stuck(DELETED, "", "").answers("ultron", Booted.ask("facts:system"), "\n@@homelab boot-id\nother\n");

        assertThat(safe(another)).isEmpty();
    }

    @Test
    void deletesAnAttachmentOfANodeThatIsGoneOnceInTenMinutes() {
        assertThat(safe(Booted.well()
                        .lists(Lists.ATTACHMENTS, "[" + Booted.attachment("gone", Booted.LONG_AGO, "") + "]")))
                .singleElement()
                .isInstanceOf(LostAttachment.class);
        Houses again = Booted.well()
                .lists(
                        Lists.ATTACHMENTS,
                        "["
                                + Booted.attachment(
                                        "gone", Booted.LONG_AGO, ", \"annotations\": {" + ago("delete", 300) + "}")
                                + "]");
        assertThat(of(again).safe()).isEmpty();
        assertThat(of(again).held())
                .singleElement()
                .extracting(Repairs.Held::why)
                .asString()
                .contains("once in 10 min");
    }

    @Test
    void leavesAnAttachmentAloneWhoseNodeIsThereOrUnseenOrHasAPod() {
        String one = "[" + Booted.attachment("ultron", Booted.JUST_NOW, "") + "]";
        String gone = "[" + Booted.attachment("gone", Booted.LONG_AGO, "") + "]";

        assertThat(safe(Booted.well().lists(Lists.ATTACHMENTS, one))).isEmpty();
        assertThat(safe(Booted.well().lists(Lists.ATTACHMENTS, gone).listsNothing(Lists.NODES, "no answer")))
                .isEmpty();
        assertThat(safe(Booted.well()
                        .lists(Lists.ATTACHMENTS, gone)
                        .lists(Lists.PODS, "[" + Booted.ending("gone", Booted.JUST_NOW, "") + "]")))
                .isEmpty();
    }

    private static Houses tainted(String ready, String since, String up) {
        return Booted.nodes(
                Booted.well().answers("ultron", HostLook.PROBE, "up " + up),
                Booted.node("jarvis", "", ""),
                Booted.node("ultron", ready, since, "\"taints\": [{\"key\": \"" + OFF + "\"}]", ""));
    }

    @Test
    void takesTheTaintFromANodeThatWasBootedSince() {
        assertThat(safe(tainted("True", BACK, "840"))).singleElement().isInstanceOf(StaleTaint.class);
        assertThat(safe(tainted("Unknown", BACK, "840"))).isEmpty();
        assertThat(safe(tainted("True", BACK, "60")))
                .as("Ready is of the boot before")
                .isEmpty();
    }

    private static Houses unknown(String annotations) {
        return Booted.well()
                .lists(Lists.APPLICATIONS, "[" + Booted.application("Unknown", "Healthy", "", annotations) + "]");
    }

    @Test
    void letsArgoCdCompareAgainThenWithoutItsCacheAndThenNoMore() {
        assertThat(safe(unknown("")))
                .singleElement()
                .extracting(one -> ((Refresh) one).hard())
                .isEqualTo(false);
        assertThat(safe(unknown(ago("refresh", 30)))).isEmpty();
        assertThat(safe(unknown(ago("refresh", 90))))
                .singleElement()
                .extracting(one -> ((Refresh) one).hard())
                .isEqualTo(true);
        assertThat(safe(unknown(ago("hard", 90)))).isEmpty();
        assertThat(safe(unknown("").lists(Lists.DEPLOYMENTS, Booted.deployments(1, 0))))
                .as("no repo server")
                .isEmpty();
    }

    @Test
    void asksBeforeItEndsASyncOrLetsAVolumeComeAway() {
        Houses houses = Booted.well()
                .lists(
                        Lists.APPLICATIONS,
                        "["
                                + Booted.application(
                                        "OutOfSync",
                                        "Healthy",
                                        "\"phase\": \"Running\", \"startedAt\": \"2026-11-22T04:20:00Z\"",
                                        "")
                                + "]")
                .lists(Lists.ATTACHMENTS, "[" + Booted.attachment("ultron", Booted.LONG_AGO, "") + "]")
                .lists(Lists.CLAIMED, """
                        [{"metadata": {"name": "pv-1"}, "spec": {"claimRef": {"namespace": "default", "name": "data"}}}]""");

        assertThat(of(houses).safe()).isEmpty();
        assertThat(of(houses).asked())
                .hasExactlyElementsOfTypes(IdleAttachment.class, EndlessSync.class)
                .allSatisfy(repair -> assertThat(repair.question()).isPresent());
    }

    private static Houses away(Houses houses) {
        return houses.lost("ultron", "no route")
                .lists(Lists.ATTACHMENTS, "[" + Booted.attachment("ultron", Booted.LONG_AGO, "") + "]");
    }

    @Test
    void withOneOfTwoAwayMendsWhatLivesAndTouchesNothingOfTheDead() {
        Houses houses = Booted.nodes(
                        away(Booted.well()),
                        Booted.node("jarvis", "", ""),
                        Booted.node("ultron", "Unknown", Booted.LONG_AGO, "", ""))
                .answers("jarvis", SandboxesGate.EVIDENCE, Booted.evidence(GHOST));

        assertThat(of(houses).safe()).singleElement().isInstanceOf(Barred.class);
        assertThat(of(houses).asked()).isEmpty();
        assertThat(of(houses).held()).singleElement().satisfies(held -> {
            assertThat(held.repair()).isInstanceOf(PoweredOff.class);
            assertThat(held.why()).contains("only what lives is mended");
        });
    }

    @Test
    void mendsNothingWithoutALeaderOfEtcdOrAnApi() {
        Houses headless =
                ultron(GHOST).answers("jarvis", Booted.ask("doctor:etcd"), "health {}\netcd_server_has_leader 0\n");
        Houses silent = ultron(GHOST).answers("jarvis", Booted.ask("check:readyz"), "no");

        assertThat(of(headless).safe()).isEmpty();
        assertThat(of(headless).held())
                .extracting(Repairs.Held::why)
                .containsExactly("etcd is not seen to have a leader");
        assertThat(of(silent).safe()).isEmpty();
        assertThat(of(silent).held()).extracting(Repairs.Held::why).containsExactly("the API does not answer");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void mendsNothingWhenMoreThanAThirdOfManyIsAway(int away) {
        Houses many = Houses.of(Clusters.of(
                Backend.VXLAN,
                List.of(),
                Addons.NONE,
                Clusters.node("jarvis", Role.SERVER, 10, 22),
                Clusters.node("ultron", Role.AGENT, 11, 22),
                Clusters.node("vision", Role.AGENT, 12, 22),
                Clusters.node("friday", Role.AGENT, 13, 22)));
        many.lost("friday", "off");
        if (away == 2) {
            many.lost("vision", "off");
        }
        Course passed = new Course(List.of(
                new Passage(Gate.ETCD, List.of(Sight.pass("jarvis", ""))),
                new Passage(Gate.API, List.of(Sight.pass("cluster", "")))));

        assertThat(new Breakers(many.house(), passed)
                        .against(new StaleTaint(Clusters.twoPis().nodes().get(1).name())))
                .isEqualTo(
                        away == 1
                                ? java.util.Optional.empty()
                                : java.util.Optional.of("2 of 4 nodes are away: more than 30 %"));
    }

    @Test
    void remembersForADayAndTakesNothingForADeedThatIsNone() {
        Memory memory = new Memory(java.util.Map.of("old", Houses.NOW.minus(Duration.ofDays(2)), "new", Houses.NOW));

        assertThat(memory.with("now", Houses.NOW))
                .isEqualTo("new@" + Houses.NOW.getEpochSecond() + " now@" + Houses.NOW.getEpochSecond());
    }
}

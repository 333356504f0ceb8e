package homelab.doctor.cri;

import static homelab.doctor.Houses.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.Houses;
import homelab.doctor.Verdict;
import homelab.facts.Sections;
import homelab.phase.Clusters;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CriChecksTest {
    private static final long NOW_SECONDS = NOW.getEpochSecond();
    private static final String LIVE = "a2295c46-ce20-40aa-a58a-ee7720e188cc";
    private static final String GONE = "713ce7de-15f9-432b-b4fb-34f73efad596";

    private String sandboxes = "  \"items\": [";
    private String addresses = "";
    private String folders = "";
    private String shims = "";
    private String conflicts = "";

    static List<Check> checks() {
        return CriChecks.all();
    }

    @ParameterizedTest
    @MethodSource("checks")
    void aNodeWithItsPodsAloneIsWell(Check check) {
        sandbox(1, LIVE, 0, true, 90);
        addresses = "10.42.0.3 " + (NOW_SECONDS - 9000) + " " + id(1);
        folders = (NOW_SECONDS - 9000) + " " + LIVE;
        shims = id(1);

        assertThat(judge(check).verdict()).isEqualTo(Verdict.PASS);
    }

    @ParameterizedTest
    @MethodSource("checks")
    void nothingIsAnOrphanAsLongAsTheApiDoesNotAnswer(Check check) {
        sandbox(1, GONE, 0, false, 9000);
        Houses houses = house().listsNothing(CriLook.PODS, "the API does not answer on any server");

        assertThat(jarvis(check, houses).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @ParameterizedTest
    @MethodSource("checks")
    void containerdThatIsSilentIsUnknown(Check check) {
        sandboxes = "failed";
        assertThat(judge(check).verdict()).isEqualTo(Verdict.UNKNOWN);

        Houses blind = house().blind("jarvis", CriLook.PROBE, "timed out after 20 s");
        assertThat(jarvis(check, blind).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void containerdThatRunsAndIsSilentFailsOnce() {
        sandboxes = "failed\nhangs";

        assertThat(CriChecks.all().stream().map(check -> judge(check).verdict()))
                .containsExactly(Verdict.FAIL, Verdict.UNKNOWN, Verdict.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"0, PASS", "1, WARN", "19, WARN", "20, FAIL"})
    void ghostsAreCounted(int ghosts, Verdict verdict) {
        IntStream.range(0, ghosts).forEach(number -> sandbox(100 + number, GONE + number, 0, false, 3700));

        assertThat(judge(new GhostSandboxes()).verdict()).isEqualTo(verdict);
    }

    @Test
    void whatTheKubeletKeepsForLogsIsNoGhost() {
        sandbox(1, LIVE, 0, false, 9000);
        sandbox(2, LIVE, 1, true, 60);
        sandbox(3, GONE, 0, true, 9000);
        sandbox(4, GONE, 0, false, 3500);

        assertThat(judge(new GhostSandboxes()).verdict())
                .as("of a pod that is there; ready; younger than an hour")
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void aHalfMadeOneOfAPodThatIsGoneIsAGhost() {
        sandboxes += "\n" + lines(7, GONE, 0, false, "-6795364578871345152");

        assertThat(judge(new GhostSandboxes()).evidence())
                .containsExactly("kube-system/some-pod uid " + GONE + " attempt 0 sandbox " + id(7).substring(0, 13));
    }

    @Test
    void aClockThatWasSetIsSeenByTheOrderOfStarts() {
        sandbox(1, LIVE, 1, false, 60);
        sandbox(2, LIVE, 2, true, 1800);

        Finding finding = judge(new GhostSandboxes());

        assertThat(finding.verdict()).isEqualTo(Verdict.WARN);
        assertThat(finding.what()).contains("its clock was set while k3s ran");
    }

    @Test
    void aNameThatIsTakenIsAFault() {
        conflicts = "1763786500\nfailed to reserve sandbox name \\\"many-1_default_u_2\\\"";

        Finding finding = judge(new GhostSandboxes());

        assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(finding.evidence()).containsExactly("failed to reserve sandbox name \"many-1_default_u_2\"");
    }

    @ParameterizedTest
    @CsvSource({"2, 0, PASS", "3, 0, WARN", "0, 3, WARN", "6, 5, FAIL", "5, 5, WARN"})
    void orphansAreCounted(int processes, int folders, Verdict verdict) {
        shims = IntStream.range(0, processes).mapToObj(CriChecksTest::id).collect(Collectors.joining("\n"));
        this.folders = IntStream.range(0, folders)
                .mapToObj(number -> (NOW_SECONDS - 700) + " " + GONE + number)
                .collect(Collectors.joining("\n"));

        assertThat(judge(new Orphans()).verdict()).isEqualTo(verdict);
    }

    @Test
    void aFolderThatIsNewIsNoOrphan() {
        folders = IntStream.range(0, 5)
                .mapToObj(number -> (NOW_SECONDS - 500) + " " + GONE + number)
                .collect(Collectors.joining("\n"));

        assertThat(judge(new Orphans()).verdict()).isEqualTo(Verdict.PASS);
    }

    @ParameterizedTest
    @CsvSource({
        "20, 700, 24, PASS",
        "21, 700, 24, WARN",
        "21, 500, 24, PASS",
        "179, 500, 24, PASS",
        "180, 500, 24, WARN",
        "205, 500, 24, FAIL",
        "205, 500, 16, PASS"
    })
    void addressesAreCounted(int taken, long age, int bits, Verdict verdict) {
        addresses = IntStream.range(0, taken)
                .mapToObj(number -> "10.42.0." + number + " " + (NOW_SECONDS - age) + " " + id(number))
                .collect(Collectors.joining("\n"));
        Houses houses = house().lists(
                        CriLook.NODES,
                        "[{\"metadata\":{\"name\":\"jarvis\"},\"spec\":{\"podCIDR\":\"10.42.0.0/" + bits + "\"}}]");

        assertThat(jarvis(new PodAddresses(), houses).verdict()).isEqualTo(verdict);
    }

    @Test
    void anEmptyReservationIsNobodys() {
        addresses = IntStream.range(0, 21)
                .mapToObj(number -> "10.42.0." + number + " " + (NOW_SECONDS - 700))
                .collect(Collectors.joining("\n"));

        assertThat(judge(new PodAddresses()).evidence())
                .hasSize(21)
                .contains("/var/lib/cni/networks/cbr0/10.42.0.7 is empty");
    }

    @Test
    void labelsThatAreCalledLikeFieldsAreNotTakenForThem() {
        List<Sandbox> read = Sandbox.parse((lines(1, LIVE, 3, true, "1795339280895865993")
                        + "\n \"name\": \"of-a-label\",\n \"id\": \"of-a-label\",\n \"state\": \"x\"")
                .lines()
                .toList());

        assertThat(read).containsExactly(new Sandbox(id(1), "kube-system/some-pod", LIVE, 3, true, 1795339280L));
    }

    private static String id(int number) {
        return String.format("%064x", number);
    }

    private void sandbox(int number, String uid, int attempt, boolean ready, long secondsOld) {
        sandboxes += "\n" + lines(number, uid, attempt, ready, (NOW_SECONDS - secondsOld) + "000000000");
    }

    private static String lines(int number, String uid, int attempt, boolean ready, String created) {
        return """
                      "id": "%s",
                        "name": "some-pod",
                        "uid": "%s",
                        "namespace": "kube-system",
                        "attempt": %d
                      "state": "SANDBOX_%s",
                      "createdAt": "%s",""".formatted(id(number), uid, attempt, ready ? "READY" : "NOTREADY", created);
    }

    private Finding judge(Check check) {
        return jarvis(check, house());
    }

    private static Finding jarvis(Check check, Houses houses) {
        return check.judge(houses.house()).stream()
                .filter(finding -> finding.subject().equals("jarvis"))
                .findFirst()
                .orElseThrow();
    }

    private Houses house() {
        return Houses.of(Clusters.twoPis())
                .lists(
                        CriLook.PODS,
                        "[{\"metadata\":{\"uid\":\"" + LIVE + "\"},\"spec\":{\"nodeName\":\"jarvis\"}},"
                                + "{\"metadata\":{\"uid\":\"" + GONE + "\"},\"spec\":{\"nodeName\":\"ultron\"}},"
                                + "{\"metadata\":null,\"spec\":7}]")
                .answers(
                        "jarvis",
                        CriLook.PROBE,
                        section("addresses", addresses)
                                + section("folders", folders)
                                + section("shims", shims)
                                + section("conflicts", conflicts)
                                + section("sandboxes", sandboxes));
    }

    private static String section(String name, String text) {
        return "\n" + Sections.MARK + name + "\n" + text + "\n";
    }
}

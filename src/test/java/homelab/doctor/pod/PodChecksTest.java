package homelab.doctor.pod;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.doctor.Finding;
import homelab.doctor.Houses;
import homelab.doctor.Objects;
import homelab.doctor.Verdict;
import homelab.doctor.Verdicts;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodChecksTest {
    private static final String WEB = """
            {"metadata": {"namespace": "web", "name": "page-7f-x", "creationTimestamp": "CREATED", "labels": {"pod-template-hash": "7f"},
              "ownerReferences": [{"kind": "ReplicaSet", "name": "page-7f"}]},
             "spec": {"nodeName": "ultron", "containers": [{"name": "c", "image": "registry.lan:5000/app", "resources": RESOURCES}]},
             "status": STATUS}""";
    private static final String LIMITED = "{\"requests\": {\"memory\": \"64Mi\"}, \"limits\": {\"memory\": \"128Mi\"}}";

    private static String pod(String resources, String status) {
        return WEB.replace("RESOURCES", resources).replace("STATUS", status).replace("CREATED", "2026-11-22T04:00:00Z");
    }

    private static Houses pods(String... pods) {
        return Houses.twoPis()
                .lists(Objects.PODS, "[" + String.join(",", pods) + "]")
                .lists(Objects.NODES, "[]");
    }

    @Test
    void warnsOfWhatRequestsNothingAndOfWhatMayTakeAll() {
        Finding none = Verdicts.one(new BestEffort(), pods(pod("{}", "{\"qosClass\": \"BestEffort\"}")));
        assertThat(none.verdict()).isEqualTo(Verdict.WARN);
        assertThat(none.subject()).isEqualTo("Namespace web");
        assertThat(none.evidence()).containsExactly("deployment/page: requests and limits nothing (BestEffort)");
        assertThat(none.fix()).startsWith("kubectl -n web set resources deployment/page");

        String open = "{\"requests\": {\"memory\": \"64Mi\"}}";
        assertThat(Verdicts.one(new BestEffort(), pods(pod(open, "{\"qosClass\": \"Burstable\"}")))
                        .evidence())
                .containsExactly("deployment/page: a container without a memory limit");
        assertThat(Verdicts.of(new BestEffort(), pods(pod(LIMITED, "{\"qosClass\": \"Burstable\"}"))))
                .containsExactly("PASS Namespace web");
    }

    @Test
    void leavesK3sAndWhatHasEndedOutOfBestEffort() {
        String dns = pod("{}", "{\"qosClass\": \"BestEffort\"}")
                .replace("\"web\"", "\"kube-system\"")
                .replace("page-7f", "coredns-7f");
        String guest = pod("{}", "{\"qosClass\": \"BestEffort\"}").replace("\"web\"", "\"kube-system\"");
        String ended = pod("{}", "{\"qosClass\": \"BestEffort\", \"phase\": \"Succeeded\"}");

        assertThat(Verdicts.of(new BestEffort(), pods(dns, ended))).containsExactly("PASS cluster");
        assertThat(Verdicts.of(new BestEffort(), pods(dns, guest))).containsExactly("WARN Namespace kube-system");
    }

    @Test
    void warnsOfCriticalPodsThatAreNeitherGuaranteedNorCriticalToTheirNode() {
        String dns = pod(LIMITED, "{\"qosClass\": \"Burstable\"}").replace("page-7f", "coredns-7f");

        Finding warning = Verdicts.one(new Guaranteed(), pods(dns));
        assertThat(warning.verdict()).isEqualTo(Verdict.WARN);
        assertThat(warning.evidence())
                .containsExactly("container c: Burstable, requests memory 64Mi, limits memory 128Mi");
        assertThat(Verdicts.of(new Guaranteed(), pods(dns.replace("Burstable", "Guaranteed"))))
                .containsExactly("PASS web deployment/coredns");
        assertThat(Verdicts.of(
                        new Guaranteed(),
                        pods(dns.replace(
                                "\"nodeName\"", "\"priorityClassName\": \"system-node-critical\", \"nodeName\""))))
                .containsExactly("PASS web deployment/coredns");
        assertThat(Verdicts.of(new Guaranteed(), pods(dns.replace("Burstable", ""))))
                .containsExactly("UNKNOWN web deployment/coredns");
        assertThat(Verdicts.of(new Guaranteed(), pods(pod("{}", "{}")))).containsExactly("NOT_APPLICABLE cluster");
    }

    @ParameterizedTest
    @CsvSource({"80, 150, PASS", "81, 150, WARN", "80, 151, WARN", "95, 250, WARN", "96, 250, FAIL", "80, 251, FAIL"})
    void judgesRequestsAndLimitsByTheMemoryOfTheNode(int requests, int limits, Verdict verdict) {
        String resources = "{\"requests\": {\"memory\": \"%dMi\"}, \"limits\": {\"memory\": \"%dMi\"}}"
                .formatted(requests * 10, limits * 10);
        Houses houses = pods(pod(resources, "{}"))
                .lists(
                        Objects.NODES,
                        "[{\"metadata\": {\"name\": \"ultron\"}, \"status\": {\"allocatable\": {\"memory\": \"1000Mi\"}}}]");

        assertThat(Verdicts.of(new MemoryBudget(), houses)).containsExactly(verdict + " ultron");
    }

    @Test
    void seesThatTheOthersHaveNoRoomForALostAgentButNeverAsksForTheOnlyServer() {
        String node = "{\"metadata\": {\"name\": \"%s\", \"labels\": {%s}}, \"status\": {\"allocatable\": {\"memory\":"
                + " \"1000Mi\"}, \"conditions\": [{\"type\": \"Ready\", \"status\": \"True\"}]}}";
        String nodes = "[" + node.formatted("jarvis", "\"node-role.kubernetes.io/control-plane\": \"true\"") + ","
                + node.formatted("ultron", "") + "]";
        String half = "{\"requests\": {\"memory\": \"600Mi\"}}";
        String there = pod(half, "{}");
        String server = pod(half, "{}").replace("ultron", "jarvis");

        assertThat(Verdicts.of(new MemoryBudget(), pods(there, server).lists(Objects.NODES, nodes)))
                .containsExactly("PASS jarvis", "PASS ultron", "WARN cluster");
        assertThat(new MemoryBudget()
                        .judge(pods(there, server).lists(Objects.NODES, nodes).house()))
                .last()
                .extracting(Finding::what)
                .isEqualTo("the other nodes have no memory for the pods of ultron, should it be lost");
        assertThat(Verdicts.of(new MemoryBudget(), pods(there).lists(Objects.NODES, nodes)))
                .containsExactly("PASS jarvis", "PASS ultron");
        assertThat(Verdicts.of(new MemoryBudget(), pods(server).lists(Objects.NODES, nodes)))
                .as("which would fit in any case")
                .containsExactly("PASS jarvis", "PASS ultron");
    }

    @Test
    void countsWhatPreparesAPodOnlyWhileItIsMoreThanWhatRuns() {
        String pod = """
                {"spec": {"containers": [{"resources": {"requests": {"memory": "100Mi"}}}],
                  "initContainers": [{"resources": {"requests": {"memory": "300Mi"}}},
                    {"restartPolicy": "Always", "resources": {"requests": {"memory": "50Mi"}}}]}}""";
        Pod one = Pod.all(pods(pod).house()).get(0);

        assertThat(one.memory("requests")).isEqualTo(300L << 20);
        assertThat(one.memory("limits")).isZero();
    }

    private static String ended(String reason, String at, int restarts) {
        return "{\"containerStatuses\": [{\"name\": \"c\", \"restartCount\": " + restarts
                + ", \"lastState\": {\"terminated\": {\"reason\": \"" + reason
                + "\", \"exitCode\": 137, \"finishedAt\": \""
                + at + "\"}}}]}";
    }

    @Test
    void failsOfAContainerThatWasKilledForItsMemoryToday() {
        String today = "2026-11-21T04:45:00Z";
        Houses houses = pods(pod(LIMITED, ended("OOMKilled", today, 1)));

        Finding finding = Verdicts.one(new Restarts(), houses);
        assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(finding.evidence().get(0)).contains("OOMKilled at " + today + ", limit 128Mi");
        assertThat(finding.since()).isPresent();
        assertThat(Verdicts.of(new Restarts(), pods(pod(LIMITED, ended("OOMKilled", "2026-11-21T04:43:00Z", 1)))))
                .containsExactly("PASS cluster");
    }

    @ParameterizedTest
    @CsvSource({
        "5, 2026-11-22T04:00:00Z, 2026-11-22T04:40:00Z, PASS",
        "6, 2026-11-22T04:00:00Z, 2026-11-22T04:40:00Z, WARN",
        "51, 2026-11-12T04:00:00Z, 2026-11-22T04:40:00Z, WARN",
        "50, 2026-11-12T04:00:00Z, 2026-11-22T04:40:00Z, PASS",
        "60, 2026-11-12T04:00:00Z, 2026-11-20T04:40:00Z, PASS"
    })
    void warnsOfMoreThanFiveRestartsADay(int restarts, String created, String last, Verdict verdict) {
        String pod = WEB.replace("RESOURCES", LIMITED)
                .replace("CREATED", created)
                .replace("STATUS", ended("Error", last, restarts));

        assertThat(Verdicts.one(new Restarts(), pods(pod)).verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"117964, PASS", "117965, WARN"})
    void warnsAtNineTenthsOfTheLimit(int kib, Verdict verdict) {
        String used =
                "[{\"metadata\": {\"namespace\": \"web\", \"name\": \"page-7f-x\"}, \"containers\": [{\"name\": \"c\","
                        + " \"usage\": {\"memory\": \"" + kib + "Ki\"}}]}]";

        assertThat(Verdicts.one(new Restarts(), pods(pod(LIMITED, "{}")).lists(Restarts.USED, used))
                        .verdict())
                .isEqualTo(verdict);
    }

    @Test
    void saysWhereAnImageWasLookedFor() {
        String waits = "{\"phase\": \"Pending\", \"containerStatuses\": [{\"name\": \"c\", \"state\": {\"waiting\":"
                + " {\"reason\": \"ImagePullBackOff\", \"message\": \"Back-off\"}}}]}";

        Finding finding = Verdicts.one(new Stuck(), pods(pod("{}", waits)));
        assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(finding.evidence())
                .containsExactly(
                        "container c: ImagePullBackOff: Back-off",
                        "app of registry.lan:5000, tag latest, since none is named");
    }

    @Test
    void tellsARefusedLoginFromAnImageThatIsNotThere() {
        String waits = "{\"phase\": \"Pending\", \"containerStatuses\": [{\"name\": \"c\", \"state\": {\"waiting\":"
                + " {\"reason\": \"ErrImagePull\", \"message\": \"unexpected status from HEAD request: SAID\"}}}]}";

        assertThat(Verdicts.one(new Stuck(), pods(pod("{}", waits.replace("SAID", "401 Unauthorized"))))
                        .what())
                .isEqualTo("its registry refuses the login");
        assertThat(Verdicts.one(new Stuck(), pods(pod("{}", waits.replace("SAID", "404 Not Found"))))
                        .what())
                .isEqualTo("its image cannot be had");
    }

    @Test
    void showsTheLogsOfWhatCrashesAndLeavesWhatStartsAlone() {
        String crashes =
                "{\"phase\": \"Running\", \"initContainerStatuses\": [{\"name\": \"i\", \"state\": {\"waiting\":"
                        + " {\"reason\": \"CrashLoopBackOff\"}}}]}";

        assertThat(Verdicts.one(new Stuck(), pods(pod("{}", crashes))).fix())
                .isEqualTo("kubectl -n web logs --previous page-7f-x -c i");
        assertThat(Verdicts.of(new Stuck(), pods(pod("{}", crashes.replace("CrashLoopBackOff", "PodInitializing")))))
                .containsExactly("PASS cluster");
    }

    @Test
    void callsWhatHasEndedAgainStuckBeforeTheKubeletDoes() {
        String fallen =
                "{\"phase\": \"Running\", \"containerStatuses\": [{\"name\": \"c\", \"restartCount\": 1, \"state\":"
                        + " {\"terminated\": {\"reason\": \"Error\"}}}]}";

        assertThat(Verdicts.one(new Stuck(), pods(pod("{}", fallen))).evidence())
                .containsExactly("container c: ended again");
        assertThat(Verdicts.of(
                        new Stuck(), pods(pod("{}", fallen.replace("\"restartCount\": 1", "\"restartCount\": 0")))))
                .containsExactly("PASS cluster");
        assertThat(Verdicts.of(new Stuck(), pods(pod("{}", fallen.replace("Error", "Completed")))))
                .containsExactly("PASS cluster");
    }

    @ParameterizedTest
    @CsvSource({"2026-11-22T04:34:01Z, PASS", "2026-11-22T04:33:59Z, FAIL"})
    void failsOfAPodThatFindsNoNodeForTenMinutes(String created, Verdict verdict) {
        String pod = WEB.replace("RESOURCES", "{}")
                .replace("CREATED", created)
                .replace(
                        "STATUS",
                        "{\"phase\": \"Pending\", \"conditions\": [{\"type\": \"PodScheduled\", \"status\": \"False\", \"reason\":"
                                + " \"Unschedulable\", \"message\": \"0/2 nodes\"}]}")
                .replace("ultron", "");

        Finding finding = Verdicts.one(new Stuck(), pods(pod));
        assertThat(finding.verdict()).isEqualTo(verdict);
        assertThat(verdict == Verdict.PASS || finding.evidence().get(0).contains("0/2 nodes"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T04:41:01Z, True, '', PASS",
        "2026-11-22T04:40:59Z, True, '', FAIL",
        "2026-11-22T04:40:59Z, Unknown, '', PASS",
        "2026-11-22T04:40:59Z, True, '\"startTime\": \"2026-11-22T04:41:00Z\",', PASS"
    })
    void failsOfAPodOfWhichALivingKubeletTakesNoNotice(String given, String ready, String started, Verdict verdict) {
        String pod = WEB.replace("RESOURCES", "{}")
                .replace("CREATED", given)
                .replace(
                        "STATUS",
                        "{\"phase\": \"Pending\", " + started + " \"conditions\": [{\"type\": \"PodScheduled\","
                                + " \"status\": \"True\", \"lastTransitionTime\": \"" + given + "\"}]}");
        String node = "[{\"metadata\": {\"name\": \"ultron\"}, \"status\": {\"conditions\": [{\"type\": \"Ready\","
                + " \"status\": \"" + ready + "\"}]}}]";

        Finding finding = Verdicts.one(new Stuck(), pods(pod).lists(Objects.NODES, node));

        assertThat(finding.verdict()).isEqualTo(verdict);
        assertThat(verdict == Verdict.PASS || finding.fix().startsWith("sudo systemctl restart k3s-agent on ultron"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"2026-11-22T04:29:01Z, PASS", "2026-11-22T04:28:59Z, FAIL"})
    void failsOfAPodThatWasToBeGoneAQuarterOfAnHourAgo(String deleted, Verdict verdict) {
        String pod = pod("{}", "{\"phase\": \"Running\"}")
                .replace("\"labels\"", "\"deletionTimestamp\": \"" + deleted + "\", \"labels\"");

        assertThat(Verdicts.one(new Stuck(), pods(pod)).verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"120, 100, PASS", "121, 100, FAIL", "500, 500, PASS", "21, 0, WARN", "201, many, FAIL"})
    void holdsK3sToTheNumberThatItWasToldToKeep(int count, String told, Verdict verdict) {
        String all = IntStream.range(0, count)
                .mapToObj(i -> pod("{}", "{\"phase\": \"Failed\"}"))
                .collect(Collectors.joining(","));
        String node = "[{\"metadata\": {\"name\": \"jarvis\", \"annotations\": {\"k3s.io/node-args\":"
                + " \"[\\\"server\\\",\\\"--kube-controller-manager-arg\\\",\\\"terminated-pod-gc-threshold=" + told
                + "\\\"]\"}}}]";

        assertThat(Verdicts.one(new Debris(), pods(all).lists(Objects.NODES, node))
                        .verdict())
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"20, PASS", "21, WARN", "200, WARN", "201, FAIL"})
    void countsPodsThatHaveEnded(int count, Verdict verdict) {
        String all = IntStream.range(0, count)
                .mapToObj(i -> pod("{}", "{\"phase\": \"Failed\", \"reason\": \"Evicted\"}"))
                .collect(Collectors.joining(","));

        Finding finding = Verdicts.one(new Debris(), pods(all, pod("{}", "{\"phase\": \"Running\"}")));
        assertThat(finding.verdict()).isEqualTo(verdict);
        assertThat(verdict == Verdict.PASS
                        || finding.evidence()
                                .equals(List.of(
                                        "k3s keeps up to 12500 of them (terminated-pod-gc-threshold, the default)",
                                        count + " of web deployment/page: Failed, Evicted")))
                .isTrue();
    }

    @Test
    void warnsOfOneThatIsOlderThanAWeekUnlessAJobKeepsIt() {
        String old = WEB.replace("RESOURCES", "{}")
                .replace("CREATED", "2026-11-15T04:43:00Z")
                .replace("STATUS", "{\"phase\": \"Failed\"}");

        assertThat(Verdicts.of(new Debris(), pods(old))).containsExactly("WARN cluster");
        assertThat(Verdicts.of(new Debris(), pods(old.replace("ReplicaSet", "Job"))))
                .containsExactly("PASS cluster");
        assertThat(Verdicts.of(new Debris(), pods(old.replace("11-15T04:43", "11-15T04:45"))))
                .containsExactly("PASS cluster");
    }

    @ParameterizedTest
    @CsvSource({
        "nginx, docker.io, nginx, '', ''",
        "registry:5000/app:latest, registry:5000, app, latest, ''",
        "registry:5000/app, registry:5000, app, '', ''",
        "localhost/a/b:1, localhost, a/b, 1, ''",
        "grafana/grafana:11, docker.io, grafana/grafana, 11, ''",
        "quay.io/x/y:v1@sha256:0123456789abcdef0123456789abcdef, quay.io, x/y, v1, sha256:0123456789abcdef0123456789abcdef"
    })
    void takesTheNameOfAnImageApart(String text, String registry, String repository, String tag, String digest) {
        assertThat(ImageName.parse(text)).contains(new ImageName(registry, repository, tag, digest));
    }

    @ParameterizedTest
    @CsvSource({"''", "Nginx", "a/b:", "a b", "a@sha256:1"})
    void refusesWhatNoRuntimeTakesForAnImage(String text) {
        assertThat(ImageName.parse(text)).isEmpty();
    }
}

package homelab.doctor.sec;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.doctor.Finding;
import homelab.doctor.Houses;
import homelab.doctor.K3sAnswers;
import homelab.doctor.Listing;
import homelab.doctor.Objects;
import homelab.doctor.Verdict;
import homelab.doctor.Verdicts;
import homelab.resource.LocalSh;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecChecksTest {
    private static final String WEB = """
            {"metadata": {"namespace": "web", "name": "page", "labels": {"app": "page"}},
             "spec": {"containers": [{"name": "c", "ports": [{"name": "http", "containerPort": 8080}]}]}, "status": {"podIP": "10.42.1.5"}}""";
    private static final String DNS = """
            {"metadata": {"namespace": "kube-system", "name": "coredns", "labels": {"k8s-app": "kube-dns"}},
             "spec": {}, "status": {"podIP": "10.42.0.3"}}""";
    private static final String NAMESPACES = """
            [{"metadata": {"name": "web", "labels": {"kubernetes.io/metadata.name": "web"}}},
             {"metadata": {"name": "kube-system", "labels": {"kubernetes.io/metadata.name": "kube-system"}}}]""";

    private static String policy(String namespace, String name, String spec) {
        return "{\"metadata\": {\"namespace\": \"" + namespace + "\", \"name\": \"" + name + "\"}, \"spec\": " + spec
                + "}";
    }

    private static Houses house(String... policies) {
        return Houses.twoPis()
                .lists(Policy.POLICIES, "[" + String.join(",", policies) + "]")
                .lists(Objects.PODS, "[" + WEB + "," + DNS + "]")
                .lists(Objects.NAMESPACES, NAMESPACES)
                .lists(Entrance.SERVICES, "[]")
                .lists(Entrances.VALIDATING, "[]")
                .lists(Entrances.MUTATING, "[]");
    }

    private static Houses namespace(String labels) {
        return Houses.twoPis()
                .lists(
                        Objects.NAMESPACES,
                        "[{\"metadata\": {\"name\": \"web\", \"labels\": {" + labels + "}}}, {\"metadata\": {\"name\":"
                                + " \"kube-system\"}}]");
    }

    private static String level(String mode, String level) {
        return "\"pod-security.kubernetes.io/" + mode + "\": \"" + level + "\"";
    }

    @Test
    void tellsOnceOfANamespaceWhateverIsMissing() {
        Finding finding = Verdicts.one(new PodSecurity(), namespace(""));

        assertThat(finding.verdict()).isEqualTo(Verdict.WARN);
        assertThat(finding.evidence()).containsExactly("enforce is not set", "warn is not set", "audit is not set");
    }

    @Test
    void takesNeitherAVersionNorAllThatIsAllowedForALevel() {
        assertThat(Verdicts.one(new PodSecurity(), namespace(level("enforce-version", "latest")))
                        .evidence())
                .contains("enforce is not set");
        assertThat(Verdicts.one(new PodSecurity(), namespace(level("enforce", "privileged")))
                        .evidence())
                .contains("enforce is privileged: all is allowed");
        assertThat(Verdicts.one(new PodSecurity(), namespace(level("enforce", "restrict")))
                        .evidence())
                .contains("enforce is 'restrict', which is no level");
    }

    @Test
    void isContentWithAllThreeModesAndWarnsOfTwo() {
        String two = level("enforce", "baseline") + "," + level("warn", "restricted");

        assertThat(Verdicts.of(new PodSecurity(), namespace(two + "," + level("audit", "restricted"))))
                .containsExactly("PASS Namespace web");
        assertThat(Verdicts.one(new PodSecurity(), namespace(two)).evidence()).containsExactly("audit is not set");
    }

    private static final String DENY = "{\"podSelector\": {}, \"policyTypes\": [\"Ingress\", \"Egress\"]}";

    @Test
    void takesAnEmptySelectorWithoutRulesForADefaultDeny() {
        assertThat(Verdicts.of(new DefaultDeny(), house(policy("web", "deny", DENY))))
                .containsExactly("PASS Namespace web");
        assertThat(Verdicts.one(
                                new DefaultDeny(),
                                house(policy("web", "deny", "{\"podSelector\": {}, \"policyTypes\": [\"Ingress\"]}")))
                        .what())
                .isEqualTo("no NetworkPolicy closes it: egress is open");
    }

    @Test
    void neverCountsPoliciesOfOtherNamespacesOrOfSomePods() {
        String some =
                "{\"podSelector\": {\"matchLabels\": {\"app\": \"page\"}}, \"policyTypes\": [\"Ingress\", \"Egress\"]}";

        assertThat(Verdicts.one(new DefaultDeny(), house(policy("other", "deny", DENY), policy("web", "some", some)))
                        .what())
                .isEqualTo("no NetworkPolicy closes it: ingress is open, egress is open");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"from\": []}", "{\"from\": [{\"ipBlock\": {\"cidr\": \"0.0.0.0/0\"}}]}"})
    void failsWhenAPolicyThatOpensAllTakesBackWhatAnotherCloses(String rule) {
        String all = "{\"podSelector\": {}, \"policyTypes\": [\"Ingress\"], \"ingress\": [" + rule + "]}";

        Finding finding =
                Verdicts.one(new DefaultDeny(), house(policy("web", "deny", DENY), policy("web", "all", all)));
        assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(finding.evidence()).containsExactly("ingress is closed, and opened to all again by all");
        assertThat(finding.fix()).startsWith("kubectl -n web delete networkpolicy all");
    }

    @Test
    void aPolicyThatOpensAllByItselfClosesNothing() {
        String all = "{\"podSelector\": {}, \"policyTypes\": [\"Ingress\"], \"ingress\": [{}]}";

        assertThat(Verdicts.one(new DefaultDeny(), house(policy("web", "all", all)))
                        .what())
                .isEqualTo("no NetworkPolicy closes it: ingress is open by all, egress is open");
    }

    @Test
    void findsRulesForTheNetworkOfTheHouseFine() {
        String lan =
                "{\"podSelector\": {}, \"policyTypes\": [\"Ingress\"], \"ingress\": [{\"from\": [{\"ipBlock\": {\"cidr\":"
                        + " \"10.0.1.0/24\"}}]}]}";

        assertThat(Verdicts.of(new DefaultDeny(), house(policy("web", "deny", DENY), policy("web", "lan", lan))))
                .containsExactly("PASS Namespace web");
        assertThat(Verdicts.of(new PolicySanity(), house(policy("web", "lan", lan))))
                .containsExactly("PASS cluster");
    }

    @Test
    void warnsOfAPolicyThatSelectsNoPodOfItsNamespace() {
        String other = "{\"podSelector\": {\"matchLabels\": {\"app\": \"gone\"}}, \"policyTypes\": [\"Ingress\"]}";

        assertThat(Verdicts.of(new PolicySanity(), house(policy("web", "old", other))))
                .containsExactly("WARN NetworkPolicy web/old");
        assertThat(Verdicts.of(new PolicySanity(), house(policy("other", "old", other.replace("gone", "page")))))
                .containsExactly("WARN NetworkPolicy other/old");
        assertThat(Verdicts.of(new PolicySanity(), house())).containsExactly("NOT_APPLICABLE cluster");
    }

    private static String names(String peer, String port) {
        return "{\"podSelector\": {}, \"policyTypes\": [\"Egress\"], \"egress\": [{\"to\": [" + peer + "], \"ports\": ["
                + port + "]}]}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"namespaceSelector\": {}} | {\"protocol\": \"UDP\", \"port\": 53} | PASS cluster",
                "{\"namespaceSelector\": {\"matchLabels\": {\"kubernetes.io/metadata.name\": \"kube-system\"}}} | {\"protocol\": \"UDP\", \"port\": 53} | PASS cluster",
                "{\"ipBlock\": {\"cidr\": \"10.42.0.0/16\"}} | {\"protocol\": \"UDP\", \"port\": 53} | PASS cluster",
                "{\"podSelector\": {\"matchLabels\": {\"k8s-app\": \"kube-dns\"}}} | {\"protocol\": \"UDP\", \"port\": 53} | FAIL web pod/page",
                "{\"namespaceSelector\": {}} | {\"protocol\": \"TCP\", \"port\": 53} | FAIL web pod/page",
                "{\"namespaceSelector\": {}} | {\"protocol\": \"UDP\", \"port\": 5353} | FAIL web pod/page",
                "{\"namespaceSelector\": {}} | {\"protocol\": \"UDP\", \"port\": 50, \"endPort\": 60} | PASS cluster",
                "{\"namespaceSelector\": {}} | {\"protocol\": \"UDP\", \"port\": 40, \"endPort\": 52} | FAIL web pod/page"
            })
    void failsOfPodsThatMayNotAskForNames(String peer, String port, String wanted) {
        assertThat(Verdicts.of(new PolicySanity(), house(policy("web", "out", names(peer, port)))))
                .containsExactly(wanted);
    }

    private static final String SERVICE = """
            [{"metadata": {"namespace": "web", "name": "page"},
              "spec": {"type": "LoadBalancer", "selector": {"app": "page"}, "ports": [{"port": 80, "targetPort": "http"}]}}]""";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"from\": [{\"podSelector\": {}}]} | FAIL Service web/page",
                "{\"from\": [{\"ipBlock\": {\"cidr\": \"10.0.1.0/24\"}}], \"ports\": [{\"port\": 80}]} | FAIL Service web/page",
                "{\"from\": [{\"ipBlock\": {\"cidr\": \"10.0.1.0/24\"}}], \"ports\": [{\"port\": 8080}]} | PASS cluster",
                "{\"from\": [{\"ipBlock\": {\"cidr\": \"10.0.1.0/24\"}}], \"ports\": [{\"port\": \"http\"}]} | PASS cluster",
                "{\"from\": [{\"ipBlock\": {\"cidr\": \"10.0.1.0/24\", \"except\": [\"10.0.1.11/32\"]}}]} | FAIL Service web/page",
                "{\"from\": [{\"ipBlock\": {\"cidr\": \"10.42.0.0/16\"}}]} | PASS cluster",
                "{} | PASS cluster"
            })
    void failsWhenPoliciesKeepALoadBalancerOut(String rule, String wanted) {
        String in = "{\"podSelector\": {}, \"policyTypes\": [\"Ingress\"], \"ingress\": [" + rule + "]}";

        assertThat(Verdicts.of(
                        new PolicySanity(), house(policy("web", "in", in)).lists(Entrance.SERVICES, SERVICE)))
                .containsExactly(wanted);
    }

    @Test
    void failsWhenTheApiServerDoesNotReachAWebhook() {
        String in = "{\"podSelector\": {}, \"policyTypes\": [\"Ingress\"]}";
        String hook =
                "[{\"metadata\": {\"name\": \"hooks\"}, \"webhooks\": [{\"clientConfig\": {\"service\": {\"name\": \"page\","
                        + " \"namespace\": \"web\"}}}]}]";
        String service = SERVICE.replace("LoadBalancer", "ClusterIP").replace("\"port\": 80", "\"port\": 443");
        Houses houses = house(policy("web", "in", in)).lists(Entrance.SERVICES, service);

        assertThat(Verdicts.of(new PolicySanity(), houses)).containsExactly("PASS cluster");
        Finding finding = Verdicts.one(new PolicySanity(), houses.lists(Entrances.VALIDATING, hook));
        assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(finding.evidence().get(0)).contains("port 8080 of Pod web/page", "webhook hooks");
        assertThat(finding.inferred()).isTrue();
    }

    private static Houses answering(String rehearsed) {
        return K3sAnswers.server(Houses.twoPis(), "jarvis", "etcd").answers("jarvis", Rehearsal.PROBE, rehearsed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status 201 | PASS",
                "message admission webhook v.es.io denied the request: no such store;status 403 | PASS",
                "message Internal error occurred: failed calling webhook v.es.io: context deadline exceeded;status 500 | FAIL",
                "status 000 | UNKNOWN",
                "absent | PASS"
            })
    void failsWhereTheApiServerDoesNotReachTheWebhookThatItHasToAsk(String said, Verdict verdict) {
        Houses houses = answering(said.replace(';', '\n')).lists(ExternalSecrets.SECRETS, "[]");

        assertThat(Verdicts.one(new ExternalSecrets(), houses).verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void rehearsesOnlyWhereExternalSecretsIsInstalledAndKeepsNothing(String shell, @TempDir Path folder)
            throws Exception {
        assertThat(rehearsed(shell, folder, "404")).isEqualTo(new Rehearsal.Said(0, ""));
        assertThat(folder.resolve("posted")).doesNotExist();
        Rehearsal.Said said = rehearsed(shell, folder, "200");
        assertThat(said.status()).isEqualTo(500);
        assertThat(said.message()).isEqualTo("failed calling webhook \"v\": no");
        assertThat(Files.readString(folder.resolve("posted")))
                .contains("/v1/namespaces/default/externalsecrets?dryRun=All");
    }

    /** By a curl that says which version is served and notes what it was to post. */
    private static Rehearsal.Said rehearsed(String shell, Path folder, String served) throws Exception {
        Path curl = Files.writeString(
                folder.resolve("curl"), """
                #!/bin/sh
                case "$*" in
                *POST*) cat >/dev/null; echo "$*" >FOLDER/posted
                  printf '%s\\nstatus 500\\n' '{"kind":"Status","message":"failed calling webhook \\"v\\": no","code":500}' ;;
                */v1/*) printf SERVED ;;
                *) printf 404 ;;
                esac
                """.replace("FOLDER", folder.toString()).replace("SERVED", served));
        assertThat(curl.toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("client-admin.key"), "");
        String script = Rehearsal.PROBE.shell().replace("/var/lib/rancher/k3s/server/tls", folder.toString());
        LocalSh.Ran ran = new LocalSh(Map.of("PATH", folder + ":" + System.getenv("PATH")))
                .run(shell + " " + Files.writeString(folder.resolve("script"), script));
        return LocalSh.reading(Rehearsal.PROBE, ran.exit(), ran.out()).known().orElseThrow();
    }

    private static Houses secret(String spec, String status) {
        return answering("absent")
                .lists(
                        ExternalSecrets.SECRETS,
                        "[{\"metadata\": {\"namespace\": \"web\", \"name\": \"s\"}, \"spec\": " + spec
                                + ", \"status\": " + status + "}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1h0m0s | 2026-11-22T02:44:01Z | | PASS",
                "1h0m0s | 2026-11-22T02:43:59Z | | FAIL",
                "1h | 2026-11-20T02:43:59Z | OnChange | PASS",
                "0 | 2026-11-20T02:43:59Z | | PASS",
                "0s | 2026-11-20T02:43:59Z | | PASS"
            })
    void failsOfASecretThatIsOlderThanTwoIntervals(String interval, String came, String policy, Verdict verdict) {
        String spec = "{\"refreshInterval\": \"" + interval + "\""
                + (policy == null ? "" : ", \"refreshPolicy\": \"" + policy + "\"") + "}";
        String status =
                "{\"refreshTime\": \"" + came + "\", \"conditions\": [{\"type\": \"Ready\", \"status\": \"True\"}]}";

        assertThat(Verdicts.one(new ExternalSecrets(), secret(spec, status)).verdict())
                .isEqualTo(verdict);
    }

    @Test
    void tellsWhyASecretDoesNotComeAndThatAStoreIsNotReached() {
        String bad =
                "{\"conditions\": [{\"type\": \"Ready\", \"status\": \"False\", \"reason\": \"Denied\", \"message\":"
                        + " \"no\", \"lastTransitionTime\": \"2026-11-22T04:00:00Z\"}]}";
        Houses houses = secret("{}", bad)
                .lists(
                        ExternalSecrets.CLUSTER_STORES,
                        "[{\"metadata\": {\"name\": \"vault\"}, \"status\": " + bad + "}]");

        assertThat(Verdicts.of(new ExternalSecrets(), houses))
                .containsExactly("FAIL ClusterSecretStore vault", "FAIL ExternalSecret web/s");
        assertThat(Verdicts.of(new ExternalSecrets(), secret("{}", "{}")))
                .containsExactly("UNKNOWN ExternalSecret web/s");
    }

    @Test
    void readsTheOldKindWhereOnlyThatIsServed() {
        Houses old = answering("status 201")
                .listsNothing(ExternalSecrets.SECRETS, Listing.NOT_INSTALLED)
                .lists(ExternalSecrets.OLD_SECRETS, "[]");

        assertThat(Verdicts.of(new ExternalSecrets(), old)).containsExactly("PASS cluster");
        assertThat(Verdicts.of(
                        new ExternalSecrets(),
                        Houses.twoPis().listsNothing(ExternalSecrets.SECRETS, Listing.NOT_INSTALLED)))
                .containsExactly("NOT_APPLICABLE cluster");
        assertThat(Verdicts.of(
                        new ExternalSecrets(), Houses.twoPis().listsNothing(ExternalSecrets.SECRETS, "forbidden")))
                .containsExactly("UNKNOWN cluster");
    }

    @Test
    void readsIntervalsAsGoWritesThem() {
        assertThat(ExternalSecrets.interval("1h30m0.5s")).contains(Duration.ofMillis(5_400_500));
        assertThat(ExternalSecrets.interval("soon")).isEmpty();
        assertThat(ExternalSecrets.interval("")).isEmpty();
    }
}

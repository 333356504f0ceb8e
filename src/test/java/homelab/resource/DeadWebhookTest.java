package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.probe.Reading;
import homelab.problem.Problem;
import org.junit.jupiter.api.Test;

class DeadWebhookTest {
    private static final String HELM =
            "Error: UPGRADE FAILED: cannot patch \"whoami-page\" with kind ConfigMap: Internal error"
                    + " occurred: failed calling webhook \"guard.home.arpa\": failed to call webhook: Post"
                    + " \"https://guard.guard.svc:443/ask?timeout=3s\": context deadline exceeded";
    private static final DeadWebhook GUARD =
            new DeadWebhook("guard.home.arpa", "guard", "guard", "context deadline exceeded");

    @Test
    void readsTheWordsThatHelmAndKubectlPassOn() {
        assertThat(DeadWebhook.of("upgrade.go:164: preparing\n" + HELM + "\njob whoami-hook said:\n"))
                .contains(GUARD);
        assertThat(DeadWebhook.of(HELM + " && cannot patch \"whoami\" with kind Deployment"))
                .contains(GUARD);
        assertThat(DeadWebhook.of("level=error msg=\"" + HELM.replace("\"", "\\\"") + "\n"))
                .contains(GUARD);
        assertThat(
                        DeadWebhook.of(
                                "Error from server (InternalError): error when creating \"STDIN\": Internal error occurred:"
                                        + " failed calling webhook \"guard.home.arpa\": failed to call webhook:"
                                        + " Post \"https://policy.example/ask?timeout=10s\": dial tcp 192.0.2.9:443: i/o timeout\n"))
                .contains(new DeadWebhook("guard.home.arpa", "", "", "dial tcp 192.0.2.9:443: i/o timeout"));
        assertThat(DeadWebhook.of(
                        "Error: UPGRADE FAILED: admission webhook \"guard.home.arpa\" denied the request: no"))
                .isEmpty();
    }

    @Test
    void findsTheObjectThatNamesIt() {
        String lines = "ValidatingWebhookConfiguration   other   a.home.arpa,b.home.arpa\n"
                + "ValidatingWebhookConfiguration   guards   x.home.arpa,guard.home.arpa\n";

        LocalSh.Ran ran = new LocalSh()
                .run("k3s() { cat <<'K'\n" + lines + "K\n}\n" + GUARD.owner().shell() + "\n");

        assertThat(ran.out()).isEqualTo("ValidatingWebhookConfiguration guards\n");
    }

    @Test
    void saysWhatStandsInTheWayWhoseItIsAndBothWaysOut() {
        Problem problem = GUARD.problem(
                "cluster: release web/whoami", new Reading.Known<>("ValidatingWebhookConfiguration guards"));

        assertThat(problem.what())
                .isEqualTo(
                        "cluster: release web/whoami: the webhook guard.home.arpa does not answer, and the API writes"
                                + " nothing without it");
        assertThat(problem.why())
                .isEqualTo("ValidatingWebhookConfiguration guards names it, behind it Service guard/guard:"
                        + " context deadline exceeded");
        assertThat(problem.fix())
                .contains("kubectl -n guard get endpointslices -l kubernetes.io/service-name=guard")
                .contains(
                        "if what it belongs to is gone for good: kubectl delete ValidatingWebhookConfiguration guards;")
                .endsWith("run the same command again");
    }

    @Test
    void deletesNothingOfWhichItIsNotKnownWhoseItIs() {
        Problem problem = GUARD.problem("cluster: release web/whoami", new Reading.Unknown<>("timed out after 10 s"));

        assertThat(problem.why()).startsWith("a webhook configuration names it");
        assertThat(problem.fix()).doesNotContain("delete");
    }
}

package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.probe.ApiReads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class K3sApiTest {
    @TempDir
    Path folder;

    @Test
    void isSameWhenTheServerSaysOk() {
        assertThat(status(new K3sApi(), "api:/readyz", "ok")).isEqualTo(Status.SAME);
    }

    @Test
    void namesTheCheckThatFails() {
        String answer = "[+]ping ok\n[-]etcd failed: reason withheld\n[+]log ok\nreadyz check failed\n";
        assertThat(status(new K3sApi(), "api:/readyz", answer))
                .isEqualTo(Status.drift(Worst.WAIT, "API", "etcd failed: reason withheld", "ready"));
        assertThat(status(new K3sApi(), "api:/readyz", ""))
                .isEqualTo(Status.drift(Worst.WAIT, "API", "no answer", "ready"));
    }

    @Test
    void asksWithTheAdminCertificateWhereThereIsOne() throws IOException {
        LocalSh sh = new FakeTools(folder).with("curl", "echo \"$@\"").sh();
        String shell = ApiReads.read("/readyz").replace("/var/lib/rancher/k3s/server/tls", folder.toString());
        assertThat(sh.run(shell).exit()).isEqualTo(1);
        Files.writeString(folder.resolve("client-admin.key"), "");
        assertThat(sh.run(shell).out())
                .contains("--cacert server-ca.crt", "https://127.0.0.1:6443/readyz")
                .doesNotContain("-k ");
    }

    @Test
    void wantsOneReplicaOfCoreDns() {
        String deployment =
                "{\"metadata\":{\"managedFields\":[{\"f:availableReplicas\":{}}]},\"status\":{\"replicas\":1%s}}";
        assertThat(status(new K3sDns(), "api:coredns", deployment.formatted(",\"availableReplicas\":1")))
                .isEqualTo(Status.SAME);
        assertThat(status(new K3sDns(), "api:coredns", deployment.formatted("")))
                .isInstanceOf(Status.Drift.class);
        assertThat(status(new K3sDns(), "api:coredns", deployment.formatted(",\"availableReplicas\":0")))
                .isInstanceOf(Status.Drift.class);
    }

    private static Status status(Resource resource, String probe, String out) {
        return resource.status(LocalSh.answering(resource, probe, out));
    }
}

package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import homelab.artifact.RegistryProcess;
import homelab.command.Run;
import homelab.problem.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A real registry that wants a password, as a mirror and by its own name; then the same through a real proxy that wants
 * one too. Right passwords, a wrong one, the right one again, and none of it any more. Run by hand.
 */
@ExtendWith(InLab.class)
@Timeout(900)
class RegistrySoak {
    private static final SoakTable TABLE = SoakTable.of("registries");
    private static final String PASSWORD = "hunter2";

    private final List<String> rows = new ArrayList<>();
    private Lab lab;
    private Homelab plain;
    private Path secret;
    private Path proxySecret;

    @Test
    void pullsWithTheRightLoginAndNamesAWrongOne(Labs labs) throws Exception {
        assumeTrue(RegistryProcess.isInstalled(), "there is no docker-registry here (Debian package of that name)");
        assumeTrue(ProxyProcess.isInstalled(), "there is no tinyproxy here (Debian package of that name)");
        try (Lab own = labs.own("registry", "jarvis:server,ultron:agent")) {
            lab = own;
            plain = InLab.user(lab, "RegistrySoak");
            secret = secret("password", PASSWORD);
            Path kept = Files.createDirectories(plain.folder().resolve("registry"));
            try (RegistryProcess registry = RegistryProcess.knowingTony(kept, "0.0.0.0");
                    ProxyProcess proxy = new ProxyProcess(plain.folder(), "through")) {
                proxySecret = secret("proxy", "http://tony:through@" + gateway() + ":" + proxy.port());
                mirrored(gateway() + ":" + registry.port());
                proxied("172.17.0.1:" + registry.port(), proxy);
            }
            rows.forEach(TABLE::keep);
        }
    }

    private void mirrored(String registry) throws IOException {
        Homelab asking = plain.where("nodes:\n", registries(registry) + "nodes:\n");
        becomes(asking, "a cluster that is told of the mirror");
        assertThat(lab.on(Lab.AGENT, "stat -c %a /etc/rancher/k3s/registries.yaml"))
                .isEqualTo("600");
        push(registry);
        runs("named", registry + "/lab/app:1");
        runs("mirrored", "docker.io/lab/app:1");

        Files.writeString(secret, "wrong");
        Run plan = asking.run("plan");
        assertThat(plan.out())
                .contains("/etc/rancher/k3s/registries.yaml", "another registries.yaml")
                .doesNotContain("wrong", PASSWORD);
        becomes(asking, "the same with a wrong password");
        pod("refused", registry + "/lab/app:1");
        Launched.eventually(
                "the kubelet has asked",
                () -> lab.on(
                                Lab.SERVER,
                                "k3s kubectl get pod refused -o jsonpath='{.status.containerStatuses[0].state.waiting.message}'")
                        .contains("401"));
        Run doctor = asking.run("doctor");
        assertThat(doctor.out()).contains("its registry refuses the login");
        rows.add("| a pod with the wrong password | doctor: its registry refuses the login |\n");

        Files.writeString(secret, PASSWORD);
        becomes(asking, "the same with the right password again");
        ready("refused", 320); // the kubelet asks again after up to five minutes
        becomes(plain, "a cluster that is told of no registry any more");
        assertThat(lab.tried(Lab.AGENT, "[ -e /etc/rancher/k3s/registries.yaml ]")
                        .exit())
                .isEqualTo(1);
    }

    private void proxied(String registry, ProxyProcess proxy) throws IOException {
        Homelab asking =
                plain.where("nodes:\n", registries(registry) + "proxy: {http: {file: " + proxySecret + "}}\nnodes:\n");
        becomes(asking, "a cluster that is told of a proxy with a login");
        runs("proxied", registry + "/lab/app:1");
        assertThat(proxy.requests())
                .contains("http://" + registry + "/v2/lab/app/")
                .doesNotContain(":6443");
        rows.add("| requests of the pull in the proxy's log | "
                + proxy.requests()
                        .lines()
                        .filter(line -> line.contains("/v2/lab/app"))
                        .count() + " |\n");
        assertThat(lab.on(Lab.AGENT, "stat -c %a /etc/rancher/k3s/proxy.env")).isEqualTo("600");
        becomes(plain, "a cluster that goes out directly again");
        assertThat(lab.on(
                        Lab.AGENT,
                        "tr '\\0' '\\n' </proc/$(pidof containerd | cut -d' ' -f1)/environ | grep -c PROXY || :"))
                .isEqualTo("0");
    }

    /** The plan is carried out, and then empty; nothing of it shows a password. */
    private void becomes(Homelab asking, String what) {
        long began = System.nanoTime();
        Run run = asking.run("bootstrap", "--yes");
        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        Run plan = asking.run("plan", "--exit-code");
        assertThat(plan.exit()).as(plan.out() + plan.err()).isEqualTo(Exit.DONE);
        assertThat(run.out() + run.err() + plan.out() + plan.err()).doesNotContain(PASSWORD, "tony:through");
        rows.add("| " + what + " | " + seconds + " s |\n");
    }

    private String registries(String registry) {
        return """
                registries:
                  mirrors:
                    %1$s: {endpoints: ["http://%1$s"]}
                    docker.io: {endpoints: ["http://%1$s"]}
                  configs:
                    %1$s: {username: tony, password: {file: %2$s}}
                """.formatted(registry, secret);
    }

    /** An image that the hosts have under another name. */
    private void push(String registry) {
        String image = registry + "/lab/app:1";
        lab.on(
                Lab.SERVER,
                "k3s ctr -n k8s.io images tag docker.io/library/busybox:1 " + image
                        + " && k3s ctr -n k8s.io images push --plain-http --user tony:" + PASSWORD + " " + image
                        + " >/dev/null && k3s ctr -n k8s.io images rm " + image);
    }

    private void runs(String name, String image) {
        pod(name, image);
        ready(name, 100);
        rows.add("| pod " + name + " | pulled, Ready |\n");
    }

    private void pod(String name, String image) {
        Pods.kubectl(lab, """
                apply -f - <<'Y'
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, namespace: default}
                spec:
                  nodeName: ultron
                  terminationGracePeriodSeconds: 0
                  containers: [{name: app, image: "%s", imagePullPolicy: Always, command: [sleep, "3600"]}]
                Y
                """.formatted(name, image));
    }

    private void ready(String name, int seconds) {
        String ready =
                "k3s kubectl get pod " + name + " -o jsonpath='{.status.conditions[?(@.type==\"Ready\")].status}'";
        Launched.eventually(
                name + " is Ready",
                Duration.ofSeconds(seconds),
                () -> lab.on(Lab.SERVER, ready).equals("True"));
    }

    private String gateway() {
        return lab.lan().replaceFirst("\\.0/.*", ".1");
    }

    private Path secret(String name, String text) throws IOException {
        Path file = Files.writeString(plain.folder().resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}

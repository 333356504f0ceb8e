package homelab.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that tells what a host keeps of pods, among programs and folders of the test's own. */
class EvidenceScriptTest {
    private static final Path SCRIPT = Path.of("templates/usr/local/lib/homelab/evidence");
    private static final String ID = "7a48c0ffee12".repeat(6).substring(0, 64);
    private static final String OTHER = "0123456789ab".repeat(6).substring(0, 64);

    @TempDir
    private Path root;

    @BeforeEach
    void programs() throws IOException {
        program("systemctl", "case \"$*\" in *is-active*agent) exit 3;; *is-active*) exit 0;; *) echo 1000000;; esac");
        program("timedatectl", "echo yes");
        program("journalctl", "cat " + root + "/journal 2>/dev/null");
        k3s("exit 1");
    }

    private void program(String name, String shell) throws IOException {
        Path file = Files.createDirectories(root.resolve("bin")).resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + shell + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void k3s(String kubectl) throws IOException {
        program("k3s", """
                case "$*" in
                'crictl version') [ ! -e ROOT/hangs ] ;;
                'crictl pods -o json') cat ROOT/pods ;;
                'crictl ps -a -o json') cat ROOT/containers ;;
                *'tasks ls -q') echo ID ;;
                *kubectl*) KUBECTL ;;
                esac""".replace("ROOT", root.toString()).replace("ID", ID).replace("KUBECTL", kubectl));
    }

    private Evidence told(String shell) throws IOException, InterruptedException {
        String script = Files.readString(SCRIPT)
                .replace("/var/lib/", root + "/var/lib/")
                .replace("=/run/k3s", "=" + root + "/run/k3s")
                .replace("/run/homelab-removed", root + "/removed");
        ProcessBuilder builder = new ProcessBuilder(shell.split(" "));
        builder.environment().put("PATH", root + "/bin:" + System.getenv("PATH"));
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var in = process.outputWriter()) {
            in.write(script);
        }
        String text = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return EvidenceReader.read(text);
    }

    private void keep(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }

    private void lists() throws IOException {
        keep("pods", """
                {
                  "items": [
                    {
                      "id": "%s",
                      "metadata": {
                        "name": "web-0",
                        "uid": "5c6e13bf-968b-4dfe-9934-155c09d4b98b",
                        "namespace": "default",
                        "attempt": 2
                      },
                      "state": "SANDBOX_NOTREADY",
                      "createdAt": "1700003600123456789",
                      "labels": {
                        "id": "%s",
                        "uid": "another",
                        "state": "SANDBOX_READY",
                        "job-name": "import"
                      },
                      "annotations": {
                        "    {": "x"
                      }
                    },
                    {
                      "id": "%s",
                      "metadata": {
                        "name": "half; rm -rf \\u001b",
                        "uid": "",
                        "namespace": "kube-system",
                        "attempt": 0
                      },
                      "state": "SANDBOX_READY",
                      "createdAt": "-6795364578871345152",
                      "labels": {},
                      "annotations": {}
                    }
                  ]
                }
                """.formatted(ID, OTHER, OTHER));
        keep("containers", """
                {
                  "containers": [
                    {
                      "id": "%s",
                      "podSandboxId": "%s",
                      "metadata": {
                        "name": "web",
                        "attempt": 1
                      },
                      "image": {
                        "image": "busybox"
                      },
                      "state": "CONTAINER_EXITED",
                      "createdAt": "1700003600123456789",
                      "labels": {}
                    }
                  ]
                }
                """.formatted(OTHER, ID));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void readsWhatCrictlListsAndTakesNoLabelForAField(String shell) throws Exception {
        lists();

        Evidence evidence = told(shell);

        assertThat(evidence.sandboxes())
                .containsExactly(
                        new Sandbox(
                                ID,
                                "default",
                                "web-0",
                                "5c6e13bf-968b-4dfe-9934-155c09d4b98b",
                                "2",
                                false,
                                1700003600,
                                true),
                        new Sandbox(OTHER, "kube-system", "half??rm?-rf??u001b", "-", "0", true, 0, false));
        assertThat(evidence.containers()).containsExactly(new Container(OTHER, ID, "web", "1", "exited"));
        assertThat(evidence.tasks()).containsExactly(ID);
        assertThat(evidence.asked()).contains("s", "c", "t", "v", "b", "h", "k").doesNotContain("p");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void concludesNothingFromAListThatWasNotTold(String shell) throws Exception {
        lists();
        Files.delete(root.resolve("containers"));

        assertThat(told(shell).asked()).contains("s", "t").doesNotContain("c");

        keep("hangs", "");

        assertThat(told(shell).asked()).doesNotContain("s", "c", "t");
    }

    /** journald, k3s and the kubelet each may quote what was quoted before. */
    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void concludesNothingFromAJournalThatWasNotReadToItsEnd(String shell) throws Exception {
        lists();
        assertThat(told(shell).isSeen()).isTrue();

        program("journalctl", "exit 124");

        assertThat(told(shell).isSeen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void readsConflictsHoweverOftenTheyWereQuoted(String shell) throws Exception {
        String conflict =
                "failed to reserve sandbox name Qweb-0_default_u-1_2Q: name Qweb-0_default_u-1_2Q is reserved for Q"
                        + ID + "Q";
        StringBuilder journal = new StringBuilder();
        for (String quote : List.of("\"", "\\\"", "\\\\\\\"", "\\\\\\\\\\\\\\\"")) {
            journal.append("1700000000.123456 ultron k3s[1]: ")
                    .append(conflict.replace("Q", quote))
                    .append('\n');
        }
        journal.append("1700000000.1 ultron k3s[1]: failed to reserve container name \"web_web-0_default_u-1_1\": name"
                        + " \"web_web-0_default_u-1_1\" is reserved for \"")
                .append(OTHER)
                .append(
                        "\"\n1700000000.1 ultron k3s[1]: \"Error syncing pod\" err=\"rpc error: code = DeadlineExceeded\"")
                .append(" pod=\"default/db-0\"\n1700000000.1 ultron k3s[1]: failed to destroy network for sandbox \\\"")
                .append(ID)
                .append("\\\": cached result: unexpected end of JSON input\n");
        keep("journal", journal.toString());

        Evidence evidence = told(shell);

        assertThat(evidence.conflicts())
                .extracting(Conflict::container, Conflict::pod, Conflict::uid, Conflict::holder, Conflict::times)
                .containsExactlyInAnyOrder(
                        tuple(false, "default/web-0", "u-1", ID, 4L), tuple(true, "default/web-0", "u-1", OTHER, 1L));
        assertThat(evidence.deadlines()).containsExactly("default/db-0");
        assertThat(evidence.stuck()).containsExactly(ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void asksForThePodsOfTheNodeThatTheCertificateNames(String shell) throws Exception {
        String pod = "u-1||default|web-0|Running|Always|StatefulSet Job|False|2023-11-14T22:13:20Z|10.42.0.7||";
        k3s("case \"$*\" in *whoami*) echo system:node:jarvis ;; *spec.nodeName=jarvis*) echo '" + pod + "' ;; esac");

        Pod read = told(shell).pods().get("u-1");

        assertThat(read.policy()).isEqualTo("Always");
        assertThat(read.job()).isTrue();
        assertThat(read.unready()).isGreaterThan(60L * 60 * 24 * 365);
        assertThat(Instant.now().getEpochSecond() - read.unready()).isBetween(1_699_999_990L, 1_700_000_010L);

        k3s("case \"$*\" in *whoami*) echo admin ;; *) echo '" + pod + "' ;; esac");

        assertThat(told(shell).knowsPods()).isFalse();
    }

    /** Logs of containerd 2.0.5 on a host: two records of one name; a database cut off, and one with foreign bytes in it. */
    @ParameterizedTest
    @CsvSource({"dash, twins", "busybox sh, twins", "dash, cut-off", "dash, garbled", "dash, fault"})
    void readsInTheLogOfContainerdWhyItCannotStart(String shell, String log) throws Exception {
        keep("hangs", "");
        String ended = Files.readString(Path.of("src/test/resources/containerd/" + log + ".log"));
        String file = "var/lib/rancher/k3s/agent/containerd/containerd.log";
        keep(file, ended);
        assertThat(told(shell).fatal()).isTrue();

        List<String> well = ended.lines().limit(2).toList();
        keep(file, ended + well.get(0) + "\n");
        assertThat(told(shell).fatal()).as("it is tried again").isTrue();

        Files.setLastModifiedTime(
                root.resolve(file), FileTime.from(Instant.now().minusSeconds(90)));
        assertThat(told(shell).fatal()).as("a start that hangs").isFalse();

        keep(file, ended + String.join("\n", well) + "\n");
        assertThat(told(shell).fatal()).as("it has started since").isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void tellsWhatAPowerCutLeavesOfFiles(String shell) throws Exception {
        keep("var/lib/cni/results/cbr0-" + ID + "-eth0", "");
        keep("var/lib/cni/results/cbr0-" + OTHER + "-eth0", "{\"kind\":\"cniCacheV1\"}\n");
        keep("var/lib/cni/results/cni-loopback-" + OTHER + "-lo", "{\"kind\":");
        keep("var/lib/cni/networks/cbr0/10.42.0.7", ID + "\r\neth0");
        keep("var/lib/cni/networks/cbr0/10.42.0.8", "");
        keep("var/lib/cni/networks/cbr0/last_reserved_ip.0", "10.42.0.8");
        keep("run/k3s/containerd/io.containerd.grpc.v1.cri/sandboxes/" + ID + "/x", "");
        keep("removed", "u-1\nu-2\nu-1\n");

        Evidence evidence = told(shell);

        assertThat(evidence.of(Leftover.Cache.class))
                .extracting(Leftover.Cache::id, Leftover.Cache::how)
                .containsExactly(tuple(ID, "empty"), tuple(OTHER, "broken"));
        assertThat(evidence.of(Leftover.Address.class))
                .extracting(Leftover.Address::ip, Leftover.Address::id)
                .containsExactly(tuple("10.42.0.7", ID), tuple("10.42.0.8", "-"));
        assertThat(evidence.volatiles()).containsExactly(ID);
        assertThat(evidence.removals()).containsEntry("u-1", 2).containsEntry("u-2", 1);
    }
}

package homelab.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import homelab.problem.Exit;
import homelab.problem.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** What a merge makes of the text; every case starts from a file as people, kubectl or other tools leave it. */
class KubeconfigMergeTest {
    private static final String WORK = """
            # my clusters, hands off
            apiVersion: v1
            clusters:
            - cluster:
                certificate-authority-data: d29yaw==   # from IT
                server: "https://work.example:6443"
              name: work

            # ---- contexts ----
            contexts:
              -   context: {cluster: work, user: me}
                  name: work   # the usual one
            current-context: work
            kind: Config
            preferences: {}
            users:
            - name: me
              user:
                exec:
                  apiVersion: client.authentication.k8s.io/v1
                  args: [get-token, --cluster, work]
                  command: aws
            # the end
            """;

    @TempDir
    Path folder;

    @Test
    void writesAFileThatWasNotThere() {
        Path file = folder.resolve("deep/.kube/config");

        assertThat(merge(file).changed()).isTrue();

        assertThat(text(file)).isEqualTo("""
                apiVersion: v1
                clusters:
                - cluster:
                    certificate-authority-data: Y2Egb2YgbGFi
                    server: https://10.0.1.11:6443
                  name: lab
                contexts:
                - context:
                    cluster: lab
                    user: lab
                  name: lab
                users:
                - user:
                    client-certificate-data: Y2VydGlmaWNhdGUgMQ==
                    client-key-data: dGhlIHByaXZhdGUga2V5
                  name: lab
                current-context: lab
                kind: Config
                preferences: {}
                """);
    }

    @Test
    void keepsCommentsAndOddLayoutOfOthersByteForByte() {
        Path file = file(WORK);

        merge(file);

        assertThat(withoutLinesAdded(WORK, text(file))).isEqualTo(WORK);
        assertThat(text(file)).contains("""
              -   context: {cluster: work, user: me}
                  name: work   # the usual one
              - context:
                  cluster: lab
                  user: lab
                name: lab
            current-context: work
            """.indent(0));
        requireMerged(file, "work");
    }

    @Test
    void changesNothingTheSecondTime() {
        Path file = file(WORK);
        merge(file);
        String once = text(file);

        KubeconfigFile.Merged again = merge(file);

        assertThat(again.changed()).isFalse();
        assertThat(again.backup()).isEmpty();
        assertThat(text(file)).isEqualTo(once);
    }

    @Test
    void changesOnlyTheValuesThatDiffer() {
        Path file = file(WORK);
        merge(file);
        String once = text(file);

        merge(file, Entries.entry("https://10.0.1.12:6443", "ca of lab", "certificate 2"));

        assertThat(text(file))
                .isEqualTo(once.replace("10.0.1.11", "10.0.1.12")
                        .replace(Entries.data("certificate 1"), Entries.data("certificate 2")));
    }

    @Test
    void keepsTheNamespaceThatTheUserSetInOurContext() {
        Path file = file(WORK);
        merge(file);
        write(file, text(file).replace("    cluster: lab\n", "    cluster: lab\n      namespace: kube-system\n"));

        merge(file, Entries.entry("https://10.0.1.12:6443", "ca of lab", "certificate 2"));

        assertThat(text(file)).contains("namespace: kube-system").contains("10.0.1.12");
    }

    @Test
    void dropsAFieldThatSpeaksAgainstOurs() {
        Path file = file(WORK);
        merge(file);
        write(
                file,
                text(file)
                        .replace(
                                "    server: https://10",
                                "    insecure-skip-tls-verify: true\n    server: https://10"));

        merge(file);

        assertThat(text(file)).doesNotContain("insecure-skip-tls-verify");
        requireMerged(file, "work");
    }

    @Test
    void addsAPartThatIsMissingFromOurEntry() {
        Path file = file(WORK);
        merge(file);
        write(file, text(file).replace("    client-key-data: " + Entries.KEY + "\n", ""));

        merge(file);

        requireMerged(file, "work");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "# nothing here yet",
                "---\n",
                "--- # only a comment\n",
                "{}",
                "{}\n",
                "apiVersion: v1\nkind: Config",
                "apiVersion: v1\nkind: Config\nclusters:\ncontexts:\nusers:\n",
                "apiVersion: v1\nkind: Config\nclusters:\ncontexts:\nusers:",
                "apiVersion: v1\nkind: Config\nusers:   # none yet",
                "apiVersion: v1\nclusters: null\ncontexts: ~\nusers: null # none\ncurrent-context: \"\"\nkind: Config\n",
                "apiVersion: v1\nclusters: []\ncontexts: [] # none\nkind: Config\nusers: [ ]\ncurrent-context:\n",
                "clusters: [\n]\ncontexts: []\nusers: []\n",
                "  apiVersion: v1\n  kind: Config\n  clusters: []\n",
                "apiVersion: v1\nkind: Config\n...\n",
                "%YAML 1.1\n---\napiVersion: v1\nkind: Config\n",
                "{\"apiVersion\":\"v1\",\"kind\":\"Config\",\"clusters\":null,\"users\":[],\"contexts\":null,\"current-context\":\"\"}",
                "{apiVersion: v1, clusters: , kind: Config}",
                "\uFEFFapiVersion: v1\nkind: Config\nclusters: []\n",
            })
    void fillsAFileThatHoldsNoEntryYet(String text) {
        Path file = file(text);

        merge(file);

        requireMerged(file, "lab");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // a list in flow style inside a file in block style
                "clusters: [{name: work, cluster: {server: 'https://w'}}]\ncontexts: []\nusers: []\ncurrent-context: work\n",
                "clusters: [{name: work, cluster: {server: 'https://w'}},]\ncurrent-context: work\n",
                "clusters: [ # mine\n  {name: work, cluster: {server: 'https://w'}} # at work\n]\ncurrent-context: work\n",
                // dashes and keys on lines of their own, quoted keys, a block scalar at the very end
                "clusters:\n  -\n    \"name\": work\n    'cluster':\n      server: https://w\ncurrent-context: work",
                "clusters:\n- name: work\n  cluster:\n    server: >-\n      https://w\n\ncurrent-context: work\n",
                "current-context: work\nclusters:\n- name: work\n  cluster:\n    server: |-\n      https://w",
                "current-context: work\nclusters:\n- name: work\n  cluster:\n    server: |+\n      https://w\n\n\n# end\n",
                "current-context: work\nclusters:\n- cluster: {server: https://w}\n  name: work # ü \uD83D\uDE80 \n",
                "clusters:\n- name: work\n  cluster:\n  extra:\n# after\ncurrent-context: work\n",
                "clusters: !!seq\n- name: work\n  cluster: {}\ncurrent-context: work\n",
                "clusters: &all\n- name: work\n  cluster: {}\ncurrent-context: work\n",
            })
    void addsToListsOfEveryLayout(String text) {
        Path file = file(text);

        merge(file);

        requireMerged(file, "work");
        requireKept(text, text(file));
        merge(file, Entries.entry("https://10.0.1.12:6443", "ca of lab", "certificate 2"));
        requireKept(text, text(file));
        assertThat(text(file)).contains("10.0.1.12").doesNotContain("10.0.1.11");
    }

    @Test
    void keepsWindowsLineEnds() {
        String text = WORK.replace("\n", "\r\n");
        Path file = file(text);

        merge(file);

        assertThat(text(file).replace("\r\n", "")).doesNotContain("\n").doesNotContain("\r");
        assertThat(withoutLinesAdded(text, text(file))).isEqualTo(text);
        requireMerged(file, "work");
    }

    @Test
    void keepsJsonAsJson() throws IOException {
        String text = """
                {
                  "kind": "Config",
                  "clusters": [
                    {"name": "work", "cluster": {"server": "https://w"}}
                  ],
                  "contexts": [],
                  "current-context": "work"
                }
                """;
        Path file = file(text);

        merge(file);

        assertThat(text(file))
                .contains("{\"name\": \"work\", \"cluster\": {\"server\": \"https://w\"}}, {\"cluster\": {");
        assertThat(new com.fasterxml.jackson.databind.ObjectMapper()
                        .readTree(text(file).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .get("users")
                        .size())
                .isEqualTo(1);
        requireMerged(file, "work");
    }

    @Test
    void quotesANameThatYamlWouldTakeForSomethingElse() {
        Path file = file("");

        new KubeconfigFile(file, LocalDate.EPOCH).merge("yes", Entries.lab(), KubeconfigFile.Foreign.REFUSE);

        assertThat(text(file)).contains("current-context: \"yes\"");
        assertThat(KubeconfigState.read(file, "yes")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clusters: [\n",
                "clusters:\n- name: work\n cluster: x\n",
                "\tclusters: []\n",
                "- a\n- b\n",
                "just text\n",
                "clusters: {}\n",
                "clusters: nothing\n",
                "clusters:\n- work\n",
                "clusters:\n-\n",
                "clusters: []\nclusters: []\n",
                "clusters:\n- {name: a}\n- {name: a}\n",
                "apiVersion: apps/v1\nkind: Deployment\nmetadata: {}\n",
                "kind: Config\n---\nkind: Config\n",
                "clusters:\n- &a {name: a}\nusers:\n- *a\n",
                "kind: Config\n\u0001\n",
            })
    void refusesABrokenFileAndLeavesIt(String text) {
        Path file = file(text);

        assertThatThrownBy(() -> merge(file)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.exit()).isEqualTo(Exit.REFUSED);
            assertThat(failure.problems().get(0).where()).isPresent();
        });
        assertThat(text(file)).isEqualTo(text);
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
    }

    @Test
    void namesThePlaceOfAMistakeWithoutShowingTheLine() {
        Path file = file("users:\n- name: me\n  user:\n    client-key-data: c2VjcmV0\n   token: hidden\n");

        assertThatThrownBy(() -> merge(file)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.problems().get(0).where().orElseThrow().line()).isEqualTo(5);
            assertThat(failure.problems().toString()).doesNotContain("c2VjcmV0").doesNotContain("hidden");
        });
    }

    private KubeconfigFile.Merged merge(Path file) {
        return merge(file, Entries.lab());
    }

    private KubeconfigFile.Merged merge(Path file, KubeconfigEntry entry) {
        return new KubeconfigFile(file, LocalDate.of(2026, 1, 14)).merge("lab", entry, KubeconfigFile.Foreign.REFUSE);
    }

    private void requireMerged(Path file, String current) {
        assertThat(KubeconfigState.read(file, "lab")).contains(KubeconfigState.of(Entries.lab()));
        assertThat(text(file)).contains(Entries.KEY);
        Map<String, Object> loaded = load(text(file));
        assertThat(loaded).containsEntry("current-context", current);
    }

    /** Every entry of before is in after, as a loader sees it. */
    private static void requireKept(String before, String after) {
        assertThat(clusters(after)).containsAll(clusters(before));
    }

    @SuppressWarnings("unchecked") // the cases above have a list there
    private static List<Object> clusters(String text) {
        return (List<Object>) load(text).get("clusters");
    }

    private static Map<String, Object> load(String text) {
        return new Yaml().load(text);
    }

    /** Takes lines away from after until it reads as before; what cannot be had so is shown by the comparison. */
    private static String withoutLinesAdded(String before, String after) {
        StringBuilder kept = new StringBuilder();
        String[] wanted = before.split("(?<=\n)");
        int next = 0;
        for (String line : after.split("(?<=\n)")) {
            if (next < wanted.length && wanted[next].equals(line)) {
                kept.append(line);
                next++;
            }
        }
        return kept.toString();
    }

    private Path file(String text) {
        return write(folder.resolve("config"), text);
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

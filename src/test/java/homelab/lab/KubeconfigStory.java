package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The access to a running cluster gets into a user's own file and disturbs nothing there. */
@ExtendWith(InLab.class)
@Timeout(180)
class KubeconfigStory {
    private static final String FOREIGN = """
            # mine; two spaces after the dash are mine too
            apiVersion: v1
            kind: Config
            clusters:
            -  name: office
               cluster: {server: "https://192.0.2.7:6443"}   # do not touch
            users:
            -  {name: me, user: {token: abc}}
            contexts:
            -  name: office
               context: {cluster: office, user: me}
            current-context: office
            """;

    private static Homelab homelab;

    @BeforeAll
    static void aCluster(Lab lab, Homelab user) {
        homelab = user;
        lab.cluster(user);
    }

    @Test
    void addsItsContextAndKeepsForeignEntriesToTheByte() throws IOException {
        Path file = Files.writeString(homelab.kubeconfig(), FOREIGN);

        Run run = homelab.run("kubeconfig");

        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        String merged = Files.readString(file);
        assertThat(FOREIGN.lines().toList()).isSubsetOf(merged.lines().toList());
        assertThat(merged.lines().filter(FOREIGN.lines().toList()::contains))
                .containsExactlyElementsOf(FOREIGN.lines().toList());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(backups()).singleElement().extracting(KubeconfigStory::text).isEqualTo(FOREIGN);
        assertThat(run.out() + run.err()).doesNotContain("PRIVATE KEY", secret(merged));
        assertThat(nodes(merged)).contains("jarvis", "ultron");
        assertThat(homelab.run("kubeconfig").out()).startsWith("nothing to do");
    }

    /** Whom the API shows to a bearer of the file, over the network and through the firewall. */
    private static Stream<String> nodes(String kubeconfig) {
        Config config = Config.fromKubeconfig(homelab.lab().name(), kubeconfig, null);
        try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
            List<Node> nodes = client.nodes().list().getItems();
            return nodes.stream().map(node -> node.getMetadata().getName());
        }
    }

    private static String secret(String kubeconfig) {
        return kubeconfig.replaceFirst("(?s).*client-key-data: *([^\\s]+).*", "$1");
    }

    private static List<Path> backups() throws IOException {
        try (Stream<Path> files = Files.list(homelab.folder())) {
            return files.filter(file -> file.getFileName().toString().matches("kubeconfig.+"))
                    .filter(Files::isRegularFile)
                    .toList();
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

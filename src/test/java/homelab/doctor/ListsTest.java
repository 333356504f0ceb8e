package homelab.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListsTest {
    private static final Listing PODS =
            new Listing("pods", "/api/v1/pods", List.of("metadata.name", "spec.containers.resources"));
    private static final Listing NODES = new Listing("nodes", "/api/v1/nodes", List.of("metadata.name"));
    private static final Listing VOLUMES = new Listing("volumes", "/apis/longhorn.io/volumes", List.of("spec"));
    private static final Listing SECRETS = new Listing("secrets", "/api/v1/secrets", List.of("metadata.name"));

    /** What the second page of the pods is instead, if it is not empty. */
    private String refused = "";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void readsEveryPageAndKeepsOnlyWhatIsNamed(String shell) throws Exception {
        Map<String, Reading<List<JsonNode>>> lists =
                ask(shell, List.of(NODES, PODS, VOLUMES, SECRETS)).known().orElseThrow();

        List<JsonNode> pods = lists.get("pods").known().orElseThrow();
        assertThat(pods).hasSize(1200);
        assertThat(pods.get(1199))
                .hasToString(
                        "{\"metadata\":{\"name\":\"pod-1199\"},\"spec\":{\"containers\":[{\"resources\":{\"limits\":{\"cpu\":\"1\"}}}]}}");
        assertThat(lists.get("nodes").known().orElseThrow()).hasSize(1);
        assertThat(lists.get("volumes")).isEqualTo(new Reading.Unknown<>(Listing.NOT_INSTALLED));
        assertThat(lists.get("secrets")).isEqualTo(new Reading.Unknown<>("forbidden (HTTP 403)"));
        assertThat(Files.readAllLines(folder.resolve("started")))
                .as("one connection and two pages")
                .hasSize(3);
    }

    @Test
    void readsEveryPageOfTheFirstListToo() throws Exception {
        Map<String, Reading<List<JsonNode>>> lists =
                ask("dash", List.of(PODS, NODES)).known().orElseThrow();

        assertThat(lists.get("pods").known().orElseThrow()).hasSize(1200);
    }

    @Test
    void aListOfWhichAPageIsRefusedIsUnknown() throws Exception {
        refused = "{\"kind\":\"Status\",\"code\":410}";

        Map<String, Reading<List<JsonNode>>> lists =
                ask("dash", List.of(PODS, NODES)).known().orElseThrow();

        assertThat(lists.get("pods")).isEqualTo(new Reading.Unknown<>("the API told only a part of it"));
        assertThat(lists.get("nodes").known()).isPresent();
    }

    @Test
    void saysThatThereIsNoApiOnThisHost() throws Exception {
        assertThat(ask("dash", "gone", List.of(NODES))).isEqualTo(new Reading.Unknown<>("no API on this host"));
    }

    private Reading<Map<String, Reading<List<JsonNode>>>> ask(String shell, List<Listing> listings) throws Exception {
        return ask(shell, folder.toString(), listings);
    }

    /** A double of curl answers as the API does; it reads urls as {@code -K -} does. */
    private Reading<Map<String, Reading<List<JsonNode>>>> ask(String shell, String tls, List<Listing> listings)
            throws Exception {
        Files.writeString(folder.resolve("client-admin.key"), "");
        page("pods-", 0, 500, "two");
        page("pods-two", 500, 1000, "three");
        page("pods-three", 1000, 1200, "");
        if (!refused.isEmpty()) {
            Files.writeString(folder.resolve("pods-two"), refused);
        }
        Files.writeString(
                folder.resolve("nodes-"), "{\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"jarvis\"}}]}\n");
        Path curl = Files.writeString(folder.resolve("curl"), """
                #!/bin/sh
                echo start >>%1$s/started
                told() {
                  more=${1##*limit=500}; more=${more#&continue=}
                  case $1 in
                    */pods*) cat "%1$s/pods-$more"; code=200 ;;
                    */nodes*) cat "%1$s/nodes-"; code=200 ;;
                    */secrets*) printf '{"code":403}'; code=403 ;;
                    *) printf '404 page not found\\n'; code=404 ;;
                  esac
                }
                for word do case $word in https:*) told "$word"; exit 0 ;; esac; done
                sed -n 's/^url = "\\(.*\\)"$/\\1/p' | while read -r url; do told "$url"; printf '\\nhomelab-list %%s\\n' "$code"; done
                """.formatted(folder));
        assertThat(curl.toFile().setExecutable(true)).isTrue();
        Probe<Map<String, Reading<List<JsonNode>>>> probe = Lists.probe(listings);
        ProcessBuilder builder = new ProcessBuilder((shell + " -s").split(" "));
        builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        Process process = builder.start();
        try (var in = process.outputWriter()) {
            in.write(probe.shell()
                    .replace("/var/lib/rancher/k3s/server/tls", tls)
                    .replace("/run/homelab", folder + "/homelab"));
        }
        byte[] out = process.getInputStream().readAllBytes();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return new Answers(Map.of(probe.id(), new Reading.Known<>(new Answer(process.exitValue(), out, false))))
                .of(probe);
    }

    private void page(String name, int from, int to, String next) throws Exception {
        String items = IntStream.range(from, to)
                .mapToObj(
                        i -> "{\"metadata\":{\"name\":\"pod-" + i
                                + "\",\"managedFields\":[{\"a\":1}]},\"spec\":{\"containers\":"
                                + "[{\"name\":\"c\",\"env\":[{\"value\":\"a secret\"}],\"resources\":{\"limits\":{\"cpu\":\"1\"}}}]}}")
                .collect(Collectors.joining(","));
        String more = next.isEmpty() ? "" : "\"continue\":\"" + next + "\",";
        Files.writeString(
                folder.resolve(name),
                "{\"kind\":\"List\",\"metadata\":{" + more + "\"resourceVersion\":\"1\"},\"items\":[" + items
                        + "]}\n"); // the API ends each answer with a line feed
    }
}

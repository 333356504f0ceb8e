package homelab.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import homelab.phase.Clusters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * Cases of peers' own tests, made anew, judged by the check of ours that covers the same rule. The page of it says where we
 * agree, and of each disagreement why.
 */
@SuppressWarnings("unchecked")
class PeersTest {
    private static final Path CASES = Path.of("src/test/resources/doctor/peers");
    private static final Path PAGE = Path.of("docs/reference/proof/doctor-peers.md");
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What peers say of what is well. */
    private static final List<String> WELL = List.of("ok", "passed", "success");

    /** @param head the first document of the file: whose case it is; the others are the objects */
    private record Case(String name, Map<String, Object> head, List<Map<String, Object>> objects) {
        String head(String key) {
            return String.valueOf(head.getOrDefault(key, "")).strip();
        }

        Verdict ours() {
            Check check = Checks.all().stream()
                    .filter(one -> one.id().equals(head("check")))
                    .findFirst()
                    .orElseThrow();
            return check.judge(new House(Clusters.twoPis(), snapshot(check))).stream()
                    .map(Finding::verdict)
                    .min(Verdict::compareTo)
                    .orElseThrow();
        }

        boolean agrees() {
            return WELL.contains(head("says")) == (ours().compareTo(Verdict.PASS) >= 0);
        }

        private Snapshot snapshot(Check check) {
            Houses houses = Houses.twoPis();
            check.listings().forEach(listing -> houses.lists(listing, "[]"));
            houses.lists(Objects.PODS, of("Pod")).lists(Objects.NAMESPACES, of("Namespace"));
            check.listings().stream()
                    .filter(listing -> listing.name().equals("networkpolicies"))
                    .forEach(listing -> houses.lists(listing, of("NetworkPolicy")));
            return houses.snapshot();
        }

        private String of(String kind) {
            ArrayNode all = JSON.createArrayNode();
            objects.stream()
                    .filter(object -> object.get("kind").equals(kind))
                    .map(object -> (ObjectNode) JSON.valueToTree(object))
                    .map(object -> kind.equals("Pod") ? admitted(object) : object)
                    .forEach(all::add);
            return all.toString();
        }
    }

    /** As the API server keeps it: a limit is a request too where none is said, and the class of quality follows. */
    private static ObjectNode admitted(ObjectNode pod) {
        boolean none = true;
        for (var container : pod.path("spec").path("containers")) {
            if (container.path("resources") instanceof ObjectNode resources) {
                none = false;
                ObjectNode requests = resources.withObjectProperty("requests");
                resources
                        .path("limits")
                        .properties()
                        .forEach(limit -> requests.putIfAbsent(limit.getKey(), limit.getValue()));
            }
        }
        pod.withObjectProperty("status").put("phase", "Running").put("qosClass", none ? "BestEffort" : "Burstable");
        return pod;
    }

    private static List<Case> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.sorted().map(PeersTest::read).toList();
        }
    }

    private static Case read(Path file) {
        try {
            List<Map<String, Object>> documents = new ArrayList<>();
            new Yaml().loadAll(Files.readString(file)).forEach(one -> documents.add((Map<String, Object>) one));
            String name = file.getFileName().toString().replace(".yaml", "");
            return new Case(name, documents.get(0), documents.subList(1, documents.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyDisagreementHasAReasonAndNoAgreementNeedsOne() throws IOException {
        for (Case one : cases()) {
            assertThat(one.head("why").isEmpty())
                    .as(one.name() + ": " + one.ours())
                    .isEqualTo(one.agrees());
        }
    }

    @Test
    void theCasesTellOursApart() throws IOException {
        assertThat(cases().stream().collect(Collectors.groupingBy(one -> one.head("check"))))
                .allSatisfy((check, cases) -> assertThat(cases)
                        .as(check)
                        .extracting(Case::ours)
                        .contains(Verdict.PASS)
                        .contains(Verdict.WARN));
    }

    /** With {@code -Dgolden=write} the page is written instead of compared. */
    @Test
    void thePageSaysWhatCameOut() throws IOException {
        String page = page();
        if (System.getProperty("golden", "").equals("write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(page).isEqualTo(Files.readString(PAGE));
    }

    private static String page() throws IOException {
        List<Case> cases = cases();
        List<Case> apart = cases.stream().filter(one -> !one.agrees()).toList();
        return """
                # doctor beside its peers

                Cases of the public tests of kube-score, kubesec and polaris that are about a rule which doctor has too, made anew and kept
                under [src/test/resources/doctor/peers](../../../src/test/resources/doctor/peers). What stands under *It says*, kube-score v1.20.0, kubesec v2.14.2 and polaris v10.2.2
                said of the objects as they are here; kubesec was given a schema that takes everything, since it fetches its own from the network.
                `PeersTest` judges the same objects with doctor's checks and holds this page to it.

                %d cases, %d agreements, %d disagreements.

                | Peer | Its rule | Its case | It says | Check | We say |
                |---|---|---|---|---|---|
                %s
                ## Where we disagree, and why

                %s""".formatted(
                        cases.size(),
                        cases.size() - apart.size(),
                        apart.size(),
                        cases.stream().map(PeersTest::row).collect(Collectors.joining()),
                        apart.stream()
                                .map(one -> "- `" + one.name() + "`: "
                                        + one.head("peer").split(" ")[0] + " says "
                                        + one.head("says") + ", " + one.head("check") + " " + one.ours() + ": "
                                        + one.head("why") + ".\n")
                                .collect(Collectors.joining()));
    }

    private static String row(Case one) {
        return "| "
                + String.join(
                        " | ",
                        one.head("peer"),
                        one.head("rule"),
                        "`" + one.name() + "`, after " + one.head("source"),
                        one.head("says"),
                        one.head("check"),
                        one.ours() + (one.agrees() ? "" : " ✗"))
                + " |\n";
    }
}

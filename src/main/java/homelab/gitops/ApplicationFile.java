package homelab.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.probe.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The file in Git in which an Application is written. Argo CD compares what an Application renders to with the cluster, and
 * never the Application itself with its file, unless another Application brings it there: one that was applied by hand stays
 * Synced with old values for ever.
 */
final class ApplicationFile {
    private static final int SHOWN = 4;
    private static final Pattern DELICATE = Pattern.compile("(?i).*(passw|secret|token|credential|key).*");

    private ApplicationFile() {}

    /** @param path in its repository; @param written the Application as it stands there */
    record Found(String path, JsonNode written) {}

    /** What is otherwise in the cluster than in a file that a repository has now; empty when no file holds it. */
    static Optional<Finding> differs(Application application, Map<GitAsk.Place, Reading<GitAsk.Seen>> git) {
        return find(application, git).flatMap(found -> differs(application, found.path(), found.written()));
    }

    static Optional<Found> find(Application application, Map<GitAsk.Place, Reading<GitAsk.Seen>> git) {
        for (Reading<GitAsk.Seen> place : git.values()) {
            Map<String, String> files = place.known().map(GitAsk.Seen::files).orElse(Map.of());
            for (Map.Entry<String, String> file : files.entrySet()) {
                Optional<JsonNode> written = written(application, file.getValue());
                if (written.isPresent()) {
                    return Optional.of(new Found(file.getKey(), written.get()));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<JsonNode> written(Application application, String yaml) {
        return documents(yaml).stream()
                .filter(document -> Json.word(document, "kind").equals("Application"))
                .filter(document -> Json.word(document, "metadata", "name").equals(application.name()))
                .filter(document ->
                        List.of("", application.namespace()).contains(Json.word(document, "metadata", "namespace")))
                .findFirst();
    }

    /** A template is no YAML before it is filled; such a file is not what somebody applies. */
    private static List<JsonNode> documents(String yaml) {
        List<JsonNode> documents = new ArrayList<>();
        try {
            new Yaml(new SafeConstructor(new LoaderOptions()))
                    .loadAll(yaml)
                    .forEach(document -> documents.add(Json.tree(document)));
            return documents;
        } catch (YAMLException | IllegalArgumentException e) {
            return List.of();
        }
    }

    private static Optional<Finding> differs(Application application, String file, JsonNode written) {
        List<String> told = new ArrayList<>();
        for (FieldDifference one : FieldDifference.within(Json.tree(application.spec()), written.path("spec"))) {
            tell(one, told);
        }
        if (told.isEmpty()) {
            return Optional.empty();
        }
        String more = told.size() > SHOWN ? " and " + (told.size() - SHOWN) + " more" : "";
        String fix = application.byHand()
                ? "kubectl apply -f " + file + "; better: let another Application bring it there"
                : "sync the Application that brings it there (homelab gitops status shows which is behind)";
        return Optional.of(Finding.wrong(
                "ApplicationNotAsFile",
                "Application " + application.name(),
                told.stream().limit(SHOWN).collect(Collectors.joining("; ")) + more + " (" + file + ")",
                fix));
    }

    private static void tell(FieldDifference one, List<String> told) {
        String field = one.field().toString();
        boolean values = field.endsWith("helm.values")
                && one.is().isTextual()
                && one.wanted().isTextual();
        List<JsonNode> is = values ? documents(one.is().asText()) : List.of();
        List<JsonNode> wanted = values ? documents(one.wanted().asText()) : List.of();
        if (is.size() != 1 || wanted.size() != 1) {
            told.add(told(field, one));
            return;
        }
        List<FieldDifference> changed = FieldDifference.within(is.get(0), wanted.get(0));
        changed.forEach(value -> told.add(told("value " + value.field(), value)));
        FieldDifference.within(wanted.get(0), is.get(0)).stream()
                .filter(value -> value.is().isMissingNode())
                .forEach(value -> told.add("value " + value.field() + " is not in the file any more"));
        if (told.isEmpty()) {
            told.add(field + " is written otherwise");
        }
    }

    private static String told(String name, FieldDifference one) {
        boolean hidden = DELICATE.matcher(name).matches()
                || one.is().isContainerNode()
                || one.wanted().isContainerNode()
                || one.is().asText().contains("\n")
                || one.wanted().asText().contains("\n");
        return hidden
                ? name + " is otherwise"
                : name + " is " + shown(one.is()) + ", in the file " + shown(one.wanted());
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "missing" : value.asText();
    }
}

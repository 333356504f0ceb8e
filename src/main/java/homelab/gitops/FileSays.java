package homelab.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.probe.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the file in Git of an Application says otherwise than the cluster's object, to be kept and shown to others: fields by
 * name, and values only of those that hold no login.
 *
 * @param file its path; empty where no repository that was read holds one
 * @param differs one line for each field
 * @param unread each repository that could not be read, with why
 */
public record FileSays(String namespace, String name, String file, List<String> differs, List<String> unread) {
    /** Of an Application's spec. */
    private static final Pattern OPEN = Pattern.compile("(source\\.|sources\\..*)?(path|chart|targetRevision)"
            + "|project|destination\\.namespace|syncPolicy\\..*");

    public FileSays {
        differs = List.copyOf(differs);
        unread = List.copyOf(unread);
    }

    /** Of each, by what its repositories and those of the others hold now. */
    public static List<FileSays> all(List<Application> applications, Map<GitAsk.Place, Reading<GitAsk.Seen>> git) {
        List<String> unread = unread(git);
        return applications.stream()
                .map(application -> ApplicationFile.find(application, git)
                        .map(found -> new FileSays(
                                application.namespace(),
                                application.name(),
                                found.path(),
                                differs(application, found.written()),
                                List.of()))
                        .orElse(new FileSays(application.namespace(), application.name(), "", List.of(), unread)))
                .toList();
    }

    private static List<String> unread(Map<GitAsk.Place, Reading<GitAsk.Seen>> git) {
        List<String> unread = new ArrayList<>();
        git.forEach((place, reading) -> {
            if (reading instanceof Reading.Unknown<GitAsk.Seen> unknown) {
                unread.add(place.repository().replaceFirst("://[^/@]*@", "://***@") + " " + place.revision() + ": "
                        + unknown.why());
            }
        });
        return unread;
    }

    private static List<String> differs(Application application, JsonNode written) {
        JsonNode is = Json.tree(application.spec());
        return FieldDifference.within(is, written.path("spec")).stream()
                .map(FileSays::told)
                .toList();
    }

    private static String told(FieldDifference one) {
        String field = one.field().toString();
        return OPEN.matcher(field).matches()
                        && plain(one.is()).isPresent()
                        && plain(one.wanted()).isPresent()
                ? field + " is " + plain(one.is()).get() + ", in the file "
                        + plain(one.wanted()).get()
                : field + " is otherwise";
    }

    private static Optional<String> plain(JsonNode value) {
        return value.isMissingNode()
                ? Optional.of("missing")
                : Optional.of(value).filter(JsonNode::isValueNode).map(JsonNode::asText);
    }
}

package homelab.doctor;

import java.util.List;
import java.util.Map;

/** A selector of labels as Kubernetes has it: all of its terms hold. The empty one selects everything. */
public record Selector(Item item) {

    public boolean selectsAll() {
        return item.map("matchLabels").isEmpty()
                && item.items("matchExpressions").isEmpty();
    }

    public boolean selects(Map<String, String> labels) {
        return item.map("matchLabels").entrySet().stream()
                        .allMatch(term -> term.getValue().equals(labels.get(term.getKey())))
                && item.items("matchExpressions").stream().allMatch(term -> holds(term, labels));
    }

    /** One term, of a selector or of a rule for nodes. An operator that Kubernetes does not have holds never. */
    static boolean holds(Item term, Map<String, String> labels) {
        String key = term.text("key");
        String is = labels.getOrDefault(key, "");
        List<String> values = term.words("values");
        return switch (term.text("operator")) {
            case "In" -> labels.containsKey(key) && values.contains(is);
            case "NotIn" -> !labels.containsKey(key) || !values.contains(is);
            case "Exists" -> labels.containsKey(key);
            case "DoesNotExist" -> !labels.containsKey(key);
            case "Gt" -> compare(is, values) > 0;
            case "Lt" -> compare(is, values) < 0;
            default -> false;
        };
    }

    /** 0 as well where one of the two is no number. */
    private static int compare(String is, List<String> values) {
        String to = values.isEmpty() ? "" : values.get(0);
        boolean numbers = is.matches("-?\\d{1,18}") && to.matches("-?\\d{1,18}");
        return numbers ? Long.compare(Long.parseLong(is), Long.parseLong(to)) : 0;
    }
}

package homelab.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A field that is otherwise in one object than in another. A value that is not there is missing. */
record FieldDifference(Field field, JsonNode is, JsonNode wanted) {
    private static final Map<String, BigDecimal> UNITS = Map.ofEntries(
            Map.entry("n", new BigDecimal("1e-9")),
            Map.entry("u", new BigDecimal("1e-6")),
            Map.entry("m", new BigDecimal("1e-3")),
            Map.entry("", BigDecimal.ONE),
            Map.entry("k", new BigDecimal("1e3")),
            Map.entry("M", new BigDecimal("1e6")),
            Map.entry("G", new BigDecimal("1e9")),
            Map.entry("T", new BigDecimal("1e12")),
            Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
            Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
            Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
            Map.entry("Ti", BigDecimal.valueOf(1L << 40)));

    /** What the API writes itself, or leaves out of the items of a list. */
    private static final Set<String> NOT_OURS = Set.of("apiVersion", "kind", "status");

    /** What of {@code wanted} is otherwise, or not at all, in {@code is}. What only {@code is} has is no difference. */
    static List<FieldDifference> within(JsonNode is, JsonNode wanted) {
        List<FieldDifference> all = new ArrayList<>();
        for (var entry : wanted.properties()) {
            if (!NOT_OURS.contains(entry.getKey())) {
                walk(Field.ROOT.then(entry.getKey()), is.path(entry.getKey()), entry.getValue(), all);
            }
        }
        return all;
    }

    private static void walk(Field field, JsonNode is, JsonNode wanted, List<FieldDifference> all) {
        if (wanted.isObject() && is.isObject()) {
            wanted.properties()
                    .forEach(entry -> walk(field.then(entry.getKey()), is.path(entry.getKey()), entry.getValue(), all));
        } else if (named(wanted).isPresent() && named(is).equals(named(wanted))) {
            String name = named(wanted).orElseThrow();
            wanted.forEach(element -> walk(field.then(element), element(is, name, element), element, all));
        } else if (!same(is, wanted)) {
            all.add(new FieldDifference(field, is, wanted));
        }
    }

    /** The key by which the elements of a list are told apart, if there is one. */
    private static Optional<String> named(JsonNode list) {
        if (!(list instanceof ArrayNode) || list.isEmpty()) {
            return Optional.empty();
        }
        return Field.NAMES.stream()
                .filter(name -> list.findValues(name).size() >= list.size() && unique(list, name))
                .findFirst();
    }

    private static boolean unique(JsonNode list, String name) {
        List<String> words = new ArrayList<>();
        list.forEach(element -> words.add(element.path(name).asText()));
        return words.stream().noneMatch(String::isEmpty) && Set.copyOf(words).size() == words.size();
    }

    private static JsonNode element(JsonNode list, String name, JsonNode like) {
        for (JsonNode element : list) {
            if (element.path(name).equals(like.path(name))) {
                return element;
            }
        }
        return Json.tree("");
    }

    private static boolean same(JsonNode is, JsonNode wanted) {
        return is.equals(wanted) || blank(is) && blank(wanted) || sameNumber(is, wanted);
    }

    /** The API leaves out what says nothing. */
    private static boolean blank(JsonNode value) {
        return value.isMissingNode()
                || value.isNull()
                || value.isContainerNode() && value.isEmpty()
                || value.isValueNode() && Set.of("", "false", "0").contains(value.asText());
    }

    private static boolean sameNumber(JsonNode is, JsonNode wanted) {
        Optional<BigDecimal> one = number(is);
        Optional<BigDecimal> other = number(wanted);
        return one.isPresent() && other.isPresent() && one.get().compareTo(other.get()) == 0;
    }

    /** {@code 0.01} and {@code 10m} are one amount. */
    private static Optional<BigDecimal> number(JsonNode value) {
        String text = value.isValueNode() ? value.asText() : "";
        if (!text.matches("[0-9]+(\\.[0-9]+)?([numkMGT]|[KMGT]i)?")) {
            return Optional.empty();
        }
        String unit = text.replaceFirst("^[0-9.]+", "");
        BigDecimal count = new BigDecimal(text.substring(0, text.length() - unit.length()));
        return Optional.of(count.multiply(UNITS.getOrDefault(unit, BigDecimal.ONE)));
    }
}

package homelab.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.model.Quantity;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An object of a list, or a part of one, read leniently: what is missing or of another type reads as empty. Paths have dots
 * between names.
 */
public record Item(JsonNode json) {
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    /** All of a list; none when it is not known. */
    public static List<Item> of(House house, Listing listing) {
        return house.list(listing).known().orElse(List.of()).stream()
                .map(Item::new)
                .toList();
    }

    public Item at(String path) {
        JsonNode found = json;
        for (String name : path.split("\\.")) {
            found = found.path(name);
        }
        return new Item(found);
    }

    /** Below a name that has dots itself. */
    public Item named(String name) {
        return new Item(json.path(name));
    }

    public boolean exists() {
        return !json.isMissingNode() && !json.isNull();
    }

    public boolean isEmpty() {
        return json.isEmpty();
    }

    /** Empty for what is no scalar. */
    public String text(String path) {
        JsonNode found = at(path).json;
        return found.isValueNode() && !found.isNull() ? found.asText() : "";
    }

    public boolean is(String path, String word) {
        return text(path).equals(word);
    }

    public Optional<Long> number(String path) {
        JsonNode found = at(path).json;
        return found.isIntegralNumber() && found.canConvertToLong() ? Optional.of(found.asLong()) : Optional.empty();
    }

    public Optional<Instant> time(String path) {
        try {
            return Optional.of(Instant.parse(text(path)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A quantity of Kubernetes in whole units, bytes for memory. One that no machine has is none. */
    public Optional<Long> quantity(String path) {
        String text = text(path);
        return text.length() > 30
                ? Optional.empty()
                : Quantity.parse(text)
                        .filter(number -> number.signum() >= 0 && number.compareTo(MOST) < 0)
                        .map(number -> number.compareTo(BigDecimal.ONE) < 0 ? 0 : number.longValue());
    }

    public List<Item> items(String path) {
        List<Item> items = new ArrayList<>();
        JsonNode list = at(path).json;
        if (list.isArray()) {
            list.forEach(item -> items.add(new Item(item)));
        }
        return items;
    }

    public List<String> words(String path) {
        return items(path).stream().map(item -> item.json.asText()).toList();
    }

    public Map<String, String> map(String path) {
        return at(path).map();
    }

    public Map<String, String> map() {
        Map<String, String> map = new LinkedHashMap<>();
        json.properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
        return map;
    }

    public String name() {
        return text("metadata.name");
    }

    public String namespace() {
        return text("metadata.namespace");
    }

    /** As findings name it: {@code Kind namespace/name}. */
    public String subject(String kind) {
        return kind + " " + (namespace().isEmpty() ? "" : namespace() + "/") + name();
    }

    /** One of its {@code status.conditions}. */
    public Optional<Item> condition(String type) {
        return items("status.conditions").stream()
                .filter(one -> one.is("type", type))
                .findFirst();
    }

    public boolean hasCondition(String type, String status) {
        return condition(type).filter(one -> one.is("status", status)).isPresent();
    }
}

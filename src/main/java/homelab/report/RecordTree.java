package homelab.report;

import homelab.probe.Reading;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Any record as a tree of maps, lists and plain values, its components being the keys. */
final class RecordTree {

    private RecordTree() {}

    /** A reading that is Unknown becomes {@code {"unknown": why}}; an absent Optional an empty text. */
    static Object of(Object value) {
        if (value instanceof Reading<?> reading) {
            return reading(reading);
        } else if (value instanceof Optional<?> optional) {
            return optional.map(RecordTree::of).orElse("");
        } else if (value instanceof Collection<?> collection) {
            return collection.stream().map(RecordTree::of).toList();
        } else if (value instanceof Record known) {
            return fields(known);
        }
        return value instanceof Number || value instanceof Boolean ? value : String.valueOf(value);
    }

    private static Object reading(Reading<?> reading) {
        if (reading instanceof Reading.Unknown<?> unknown) {
            return Map.of("unknown", unknown.why());
        }
        return reading.known().map(RecordTree::of).orElse("");
    }

    static Map<String, Object> fields(Record known) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (RecordComponent component : known.getClass().getRecordComponents()) {
            try {
                var accessor = component.getAccessor();
                accessor.setAccessible(true);
                fields.put(component.getName(), of(accessor.invoke(known)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("record " + known.getClass() + " does not give its parts", e);
            }
        }
        return fields;
    }
}

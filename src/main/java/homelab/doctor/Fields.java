package homelab.doctor;

import com.fasterxml.jackson.core.filter.TokenFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which fields of an object are kept while it is read, so that the others never take memory. */
final class Fields extends TokenFilter {
    private final Map<String, List<String>> below = new LinkedHashMap<>();

    /** @param paths with dots between names; through arrays a path goes as if they were their items */
    Fields(List<String> paths) {
        for (String path : paths) {
            int dot = path.indexOf('.');
            List<String> rest =
                    below.computeIfAbsent(dot < 0 ? path : path.substring(0, dot), key -> new ArrayList<>());
            if (dot >= 0) {
                rest.add(path.substring(dot + 1));
            }
        }
    }

    /** The same for the objects in a field of this name. */
    TokenFilter below(String name) {
        Fields outer = new Fields(List.of());
        below.forEach((field, paths) -> {
            List<String> all = outer.below.computeIfAbsent(name, key -> new ArrayList<>());
            if (paths.isEmpty()) {
                all.add(field);
            }
            paths.forEach(path -> all.add(field + "." + path));
        });
        return outer;
    }

    @Override
    public @org.jspecify.annotations.Nullable TokenFilter includeProperty(String name) {
        List<String> rest = below.get(name);
        if (rest == null) {
            return null;
        }
        return rest.isEmpty() ? TokenFilter.INCLUDE_ALL : new Fields(rest);
    }

    @Override
    protected boolean _includeScalar() {
        return false;
    }
}

package homelab.doctor;

import com.fasterxml.jackson.core.filter.TokenFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which fields of an object are kept while it is read, so that the others never take memory. */
final class Fields extends TokenFilter {
    private final Set<String> whole = new LinkedHashSet<>();
    private final Map<String, List<String>> below = new LinkedHashMap<>();

    /** @param paths with dots between names; through arrays a path goes as if they were their items */
    Fields(List<String> paths) {
        for (String path : paths) {
            int dot = path.indexOf('.');
            if (dot < 0) {
                whole.add(path);
            } else {
                below.computeIfAbsent(path.substring(0, dot), key -> new ArrayList<>())
                        .add(path.substring(dot + 1));
            }
        }
    }

    /** The same for the objects in a field of this name. */
    TokenFilter below(String name) {
        List<String> paths = new ArrayList<>();
        whole.forEach(field -> paths.add(name + "." + field));
        below.forEach((field, inner) -> inner.forEach(path -> paths.add(name + "." + field + "." + path)));
        return new Fields(paths);
    }

    @Override
    public @org.jspecify.annotations.Nullable TokenFilter includeProperty(String name) {
        if (whole.contains(name)) {
            return TokenFilter.INCLUDE_ALL;
        }
        List<String> rest = below.get(name);
        return rest == null ? null : new Fields(rest);
    }

    @Override
    protected boolean _includeScalar() {
        return false;
    }
}

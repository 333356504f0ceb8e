package homelab.adopt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What k3s is started with, wherever it stands: by key without dashes, values as k3s takes them together. No secret is
 * in it: in its place stands {@code ***}.
 *
 * @param values of a switch "true" or "false"
 * @param places where a key was found last, for people
 */
public record Arguments(Map<String, List<String>> values, Map<String, String> places) {
    public static final Arguments NONE = new Arguments(Map.of(), Map.of());

    public Arguments {
        Map<String, List<String>> sorted = new TreeMap<>();
        values.forEach((key, list) -> sorted.put(key, List.copyOf(list)));
        values = java.util.Collections.unmodifiableMap(sorted);
        places = Map.copyOf(places);
    }

    /** The values of a key; none when it is not there. */
    public List<String> of(String key) {
        return values.getOrDefault(key, List.of());
    }

    /** The only value of a key, or the last; empty text when it is not there. */
    public String one(String key) {
        List<String> list = of(key);
        return list.isEmpty() ? "" : list.get(list.size() - 1);
    }

    /** These, with what the other says counting more: lists add up, and all else is the other's. */
    Arguments then(Arguments other) {
        Map<String, List<String>> all = new TreeMap<>(values);
        other.values.forEach((key, list) -> all.merge(
                key,
                list,
                (mine, its) -> Flags.isList(key)
                        ? Stream.concat(mine.stream(), its.stream()).toList()
                        : its));
        Map<String, String> where = new TreeMap<>(places);
        where.putAll(other.places);
        return new Arguments(all, where);
    }

    /** The other, with these where it says nothing. */
    Arguments yielding(Arguments other) {
        return other.over(this);
    }

    /** These, and the other where these say nothing. */
    public Arguments over(Arguments weaker) {
        Map<String, List<String>> all = new TreeMap<>(weaker.values);
        all.putAll(values);
        Map<String, String> where = new TreeMap<>(weaker.places);
        where.putAll(places);
        return new Arguments(all, where);
    }

    /** From words such as {@code --disable traefik --cluster-init --tls-san=k3s.home.arpa}. */
    static Arguments ofWords(List<String> words, String place) {
        Builder found = new Builder(place);
        for (int at = 0; at < words.size(); at++) {
            String word = words.get(at);
            if (!word.startsWith("-")) {
                continue;
            }
            int equals = word.indexOf('=');
            String key = Flags.longName(
                    word.substring(0, equals < 0 ? word.length() : equals).replaceFirst("^--?", ""));
            if (equals >= 0) {
                found.add(key, word.substring(equals + 1));
            } else if (Flags.isSwitch(key)) {
                boolean told = at + 1 < words.size() && words.get(at + 1).matches("true|false");
                found.add(key, told ? words.get(++at) : "true");
            } else if (at + 1 < words.size()) {
                found.add(key, words.get(++at));
            }
        }
        return found.arguments();
    }

    /** From the variables that k3s knows. */
    static Arguments ofVariables(Map<String, String> variables, String place) {
        Builder found = new Builder(place);
        Flags.VARIABLES.forEach((name, key) -> {
            String value = variables.getOrDefault(name, "");
            if (!value.isEmpty()) {
                found.add(key, value);
            }
        });
        return found.arguments();
    }

    /** Gathers what one place says. */
    static final class Builder {
        private final String place;
        private final Map<String, List<String>> values = new TreeMap<>();

        Builder(String place) {
            this.place = place;
        }

        /** As one more occurrence of the flag. */
        Builder add(String key, String value) {
            List<String> parts = Flags.isSecret(key)
                    ? List.of(Flags.HIDDEN)
                    : Flags.hasCommas(key)
                            ? Arrays.stream(value.split(","))
                                    .map(String::strip)
                                    .filter(part -> !part.isEmpty())
                                    .toList()
                            : List.of(value);
            List<String> list = values.computeIfAbsent(key, any -> new ArrayList<>());
            if (!Flags.isList(key)) {
                list.clear();
            }
            list.addAll(parts);
            return this;
        }

        Builder forget(String key) {
            values.remove(key);
            return this;
        }

        Arguments arguments() {
            Map<String, String> places = new TreeMap<>();
            values.keySet().forEach(key -> places.put(key, place));
            return new Arguments(values, places);
        }
    }
}

package homelab.command;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What may follow a verb.
 *
 * @param options the long names, each with the label of its value, empty where it takes none
 * @param words what may stand there without an option
 * @param nodes whether nodes may stand there without an option
 */
record Offer(String verb, String summary, Map<String, String> options, List<String> words, boolean nodes) {

    static List<Offer> all(Io io) {
        return Arrays.stream(Verb.values()).map(verb -> of(verb, io)).toList();
    }

    private static Offer of(Verb verb, Io io) {
        CommandSpec spec = new CommandLine(verb.make(io)).getCommandSpec();
        Map<String, String> options = new TreeMap<>();
        spec.options().stream()
                .filter(option -> !option.hidden())
                .forEach(option -> options.put(longest(option), option.arity().max() == 0 ? "" : option.paramLabel()));
        List<PositionalParamSpec> words = spec.positionalParameters();
        return new Offer(
                verb.word(),
                verb.summary(),
                options,
                words.stream().flatMap(Offer::candidates).distinct().toList(),
                words.stream().anyMatch(word -> word.paramLabel().equals("NODE") || verb == Verb.JOIN_NODE));
    }

    private static String longest(OptionSpec option) {
        return Arrays.stream(option.names())
                .max(Comparator.comparingInt(String::length))
                .orElseThrow();
    }

    private static Stream<String> candidates(PositionalParamSpec word) {
        return word.completionCandidates() == null
                ? Stream.empty()
                : StreamSupport.stream(word.completionCandidates().spliterator(), false);
    }

    /** The options that take such a value. */
    List<String> taking(String label) {
        return options.entrySet().stream()
                .filter(option -> option.getValue().equals(label))
                .map(Map.Entry::getKey)
                .toList();
    }
}

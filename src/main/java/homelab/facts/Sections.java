package homelab.facts;

import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Reading;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a probe wrote, in named sections. One process answers for many cheap facts, since on a Pi every further process
 * costs milliseconds, and yet each fact fails for itself alone.
 */
public record Sections(Map<String, String> byName) {
    /** Shell that opens a section. Nothing that we print begins a line like this. */
    public static final String MARK = "@@homelab ";

    /**
     * What every script starts with. {@code section NAME} opens a section, {@code file} and {@code first} copy a small file and a file's first line without
     * starting a process; they are silent when there is no such file.
     */
    private static final String PRELUDE = """
            PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
            section() { printf '\\n@@homelab %s\\n' "$1"; }
            file() { [ -r "$1" ] && while IFS= read -r line || [ -n "$line" ]; do printf '%s\\n' "$line"; done <"$1"; }
            first() { [ -r "$1" ] && { IFS= read -r line <"$1" || :; printf '%s\\n' "$line"; }; }
            """;

    public static Probe<Sections> probe(String id, Duration limit, String shell) {
        return new Probe<>(id, PRELUDE + shell, limit, Sections::parse);
    }

    /** @throws IllegalStateException when the output is not all there */
    private static Sections parse(Answer answer) {
        if (answer.cut()) {
            throw new IllegalStateException("the host wrote more than is read");
        }
        return parse(answer.text());
    }

    public static Sections parse(String text) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String part : ("\n" + text).split("\n" + MARK, -1)) {
            int end = part.indexOf('\n');
            if (end > 0) {
                found.putIfAbsent(
                        part.substring(0, end), part.substring(end + 1).stripTrailing());
            }
        }
        return new Sections(found);
    }

    /** That a script broke off before this section. */
    public static final class Missing extends IllegalStateException {
        private static final long serialVersionUID = 1;

        private Missing(String name) {
            super("the host did not say its " + name);
        }
    }

    /** @throws Missing when there is no such section */
    public String text(String name) {
        String text = byName.get(name);
        if (text == null) {
            throw new Missing(name);
        }
        return text;
    }

    public List<String> lines(String name) {
        return text(name).lines().toList();
    }

    /** Reads one fact; what goes wrong is the reason why this fact alone is unknown. */
    static <T> Reading<T> part(Reading<Sections> sections, Function<Sections, T> parser) {
        return combine(sections, new Reading.Known<>(""), (known, nothing) -> parser.apply(known));
    }

    /** Reads one fact that takes two looks. */
    static <A, B, T> Reading<T> combine(Reading<A> one, Reading<B> other, java.util.function.BiFunction<A, B, T> both) {
        if (one instanceof Reading.Unknown<A> unknown) {
            return new Reading.Unknown<>(unknown.why());
        }
        if (other instanceof Reading.Unknown<B> unknown) {
            return new Reading.Unknown<>(unknown.why());
        }
        try {
            return new Reading.Known<>(
                    both.apply(((Reading.Known<A>) one).value(), ((Reading.Known<B>) other).value()));
        } catch (RuntimeException e) {
            return new Reading.Unknown<>(String.valueOf(e.getMessage()));
        }
    }
}

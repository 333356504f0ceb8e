package homelab.gitops;

import homelab.probe.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What was read of a laboratory in which Argo CD v2.14.21 ran: "metrics" was applied by hand and its file changed since;
 * of "web" somebody changed arguments that Argo CD is told not to compare; the new image of "stuck" cannot be pulled. With
 * edits of a test's. Objects of other namespaces were left out.
 */
record Seen(Map<String, String> texts, Reading<GitAsk.Seen> git, Instant at) {
    static final String COMMIT = "3aab927fba2c8e90600f8d07a65d154fd2310b80";
    static final Instant AT = Instant.parse("2026-11-21T21:03:00Z");
    private static final List<String> LISTS =
            List.of("deployments", "statefulsets", "daemonsets", "replicasets", "pods");

    static Seen lab() {
        Map<String, String> texts = new LinkedHashMap<>();
        LISTS.forEach(name -> texts.put(name, read(name + ".json")));
        texts.put("applications", read("applications.json"));
        texts.put("cache", read("cache.txt"));
        return new Seen(texts, new Reading.Known<>(new GitAsk.Seen(COMMIT, Map.of())), AT);
    }

    private static String read(String name) {
        try {
            return Files.readString(Path.of("src/test/resources/gitops", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Seen with(String text, UnaryOperator<String> edit) {
        Map<String, String> edited = new LinkedHashMap<>(texts);
        edited.compute(text, (name, before) -> edit.apply(String.valueOf(before)));
        if (edited.equals(texts)) {
            throw new IllegalStateException("the edit of " + text + " changes nothing");
        }
        return new Seen(edited, git, at);
    }

    Seen withGit(Reading<GitAsk.Seen> now) {
        return new Seen(texts, now, at);
    }

    Seen at(Instant now) {
        return new Seen(texts, git, now);
    }

    Picture picture() {
        List<Application> applications = Picture.applications(texts.getOrDefault("applications", ""));
        List<String> lists = new ArrayList<>();
        LISTS.forEach(name -> lists.add(texts.getOrDefault(name, "")));
        String cache = texts.getOrDefault("cache", "");
        Map<GitAsk.Place, Reading<GitAsk.Seen>> places = new LinkedHashMap<>();
        GitAsk.places(applications).forEach(place -> places.put(place, git));
        return new Picture(
                at,
                applications,
                Live.of(lists),
                Optional.of("argocd"),
                cache.isEmpty()
                        ? new Reading.Unknown<>("no Redis of Argo CD runs")
                        : new Reading.Known<>(ArgoCache.parse(cache)),
                places);
    }

    Standing standing(String name) {
        return Judge.all(picture()).stream()
                .filter(standing -> standing.application().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    Application application(String name) {
        return standing(name).application();
    }
}

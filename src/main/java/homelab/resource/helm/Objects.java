package homelab.resource.helm;

import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.resource.Sh;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The live objects of a release by the path where the API keeps them, and the pods beside them.
 *
 * @param pods name to what kubectl shows as its status: "Running", "ImagePullBackOff"
 */
record Objects(Map<String, Api.Got> byPath, Map<String, String> pods) {

    // Of kinds that others define, the plural is the API's to tell: "find" replaces KIND by it.
    private static final String SHELL = Api.GET + """
            find() { # ROOT KIND NAMESPACE NAME
              set -- "$@" $(echo "$1?pretty=false" | get application/json | tr '{' '\\n' |
                sed -n 's/^"name":"\\([a-z0-9]*\\)".*"namespaced":\\([a-z]*\\),"kind":"'"$2"'".*/\\1 \\2/p' | head -n 1)
              case ${6-} in
                true) echo "$1/namespaces/$3/$5/$4" ;;
                false) echo "$1/$5/$4" ;;
                *) echo "$1/unknown-kind/$4" ;;
              esac
            }
            all() {
              { ITEMS } | sed 's/$/?pretty=false\\&timeout=8s/' | get application/json
              echo pods
              PODS
            }
            all | gzip -c
            """;

    static Probe<Objects> probe(String title, List<Item> items) {
        String paths = items.stream().map(Objects::line).collect(Collectors.joining("\n", "\n", "\n"));
        String pods = new TreeSet<>(items.stream()
                        .filter(Workload::isOne)
                        .map(Item::namespace)
                        .toList())
                .stream()
                        .map(namespace -> "/api/v1/namespaces/" + namespace + "/pods?pretty=false&includeObject=None")
                        .map(path -> "echo " + Sh.quote(path) + " | get '" + Api.TABLE + "'")
                        .collect(Collectors.joining("\n"));
        List<String> keys = items.stream().map(Kinds::path).toList();
        return new Probe<>(
                "objects:" + title + " " + keys.hashCode(),
                SHELL.replace("ITEMS", items.isEmpty() ? ":;" : paths).replace("PODS", pods),
                Duration.ofSeconds(25),
                answer -> parse(answer, keys));
    }

    private static String line(Item item) {
        return Kinds.own(item)
                ? "echo " + Sh.quote(Kinds.path(item))
                : "find " + Sh.quote(List.of(Kinds.root(item), item.kind(), item.namespace(), item.name()));
    }

    private static Objects parse(Answer answer, List<String> keys) {
        if (!answer.ok() || answer.cut()) {
            throw new IllegalStateException(
                    answer.cut() ? "the objects are more than what is read of them" : "no API answers on this server");
        }
        String[] parts = ("\n" + Packed.text(answer.out())).split("\npods\n", 2);
        List<Api.Got> all = Api.read(parts[0]);
        if (all.size() != keys.size()) {
            throw new IllegalStateException("the API told " + all.size() + " of " + keys.size() + " objects");
        }
        Map<String, Api.Got> byPath = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            byPath.put(keys.get(i), told(keys.get(i), all.get(i)));
        }
        return new Objects(byPath, pods(Api.read(parts[1])));
    }

    private static Map<String, String> pods(List<Api.Got> tables) {
        Map<String, String> pods = new LinkedHashMap<>();
        tables.stream()
                .filter(Api.Got::found)
                .forEach(table -> Trees.list(Trees.json(table.body()), "rows").forEach(row -> {
                    List<?> cells = Trees.list(row, "cells");
                    pods.put(String.valueOf(cells.get(0)), String.valueOf(cells.get(2)));
                }));
        return pods;
    }

    private static Api.Got told(String path, Api.Got got) {
        if (!got.found() && !got.absent() && DeadConversion.of(got).isEmpty()) {
            String said = got.said().isEmpty() ? "" : ": " + got.said();
            throw new IllegalStateException("the API does not tell " + path + " (HTTP " + got.status() + said + ")");
        }
        return got;
    }

    /** Why it cannot be told; empty when it can be, or is not there. */
    Optional<DeadConversion> dead(Item item) {
        return Optional.ofNullable(byPath.get(Kinds.path(item))).flatMap(DeadConversion::of);
    }

    /** Empty when it is not there. */
    Optional<Map<String, Object>> live(Item item) {
        return Optional.ofNullable(byPath.get(Kinds.path(item)))
                .filter(Api.Got::found)
                .map(got -> Trees.json(got.body()));
    }
}

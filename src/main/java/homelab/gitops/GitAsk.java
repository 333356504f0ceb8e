package homelab.gitops;

import homelab.probe.Reading;
import homelab.probe.Word;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks the repositories of Applications themselves, with the user's own git: what they hold now. */
public final class GitAsk {
    /** For one repository, in seconds. */
    static final int LIMIT = 15;

    private static final String PASSWORD = "://[^/@]*:[^/@]*@";

    private GitAsk() {}

    /** One branch, tag or commit of a repository. */
    public record Place(String repository, String revision) {}

    /** @param commit what it is now; @param files those that hold an Application, by path */
    public record Seen(String commit, Map<String, String> files) {
        public Seen {
            files = Map.copyOf(files);
        }
    }

    /** Each once. Charts come from elsewhere; an address that holds a password would stand in a list of processes. */
    static List<Place> places(List<Application> applications) {
        Set<Place> places = new LinkedHashSet<>();
        for (Application application : applications) {
            application.sources().stream()
                    .filter(source -> !source.chart())
                    .filter(source -> !source.repository().matches(".*" + PASSWORD + ".*"))
                    .forEach(source -> places.add(new Place(source.repository(), source.revision())));
        }
        return List.copyOf(places);
    }

    /**
     * Fetches one commit of each into a folder that goes again, without what is bigger than a manifest, and prints its id
     * and the files in which an Application is written. Never asks for a password.
     */
    public static String script(List<Application> applications) {
        StringBuilder script = new StringBuilder("""
                command -v git >/dev/null || { echo 'git is not installed here' >&2; exit 1; }
                export GIT_TERMINAL_PROMPT=0 GIT_SSH_COMMAND='ssh -o BatchMode=yes -o ConnectTimeout=5'
                folder=$(mktemp -d) || exit 1
                trap 'rm -rf "$folder"' EXIT
                limited() { if command -v timeout >/dev/null; then timeout LIMIT "$@"; else "$@"; fi; } # macOS has none
                look() {
                  git init -q "$folder/$1" && cd "$folder/$1" || return
                  if ! why=$(limited git fetch -q --depth 1 -- "$2" "$3" 2>&1); then
                    printf 'no %s %s\\n' "$1" "$(printf %s "$why" | head -c 2000 | base64 | tr -d '\\n')"; return
                  fi
                  printf 'commit %s %s\\n' "$1" "$(git rev-parse 'FETCH_HEAD^{commit}')"
                  git grep -lE '^kind: *"?Application"? *$' FETCH_HEAD -- '*.yaml' '*.yml' | sed 's/^FETCH_HEAD://' |
                    while IFS= read -r file; do
                      printf 'file %s %s %s\\n' "$1" "$(printf %s "$file" | base64 | tr -d '\\n')" \\
                        "$(git show "FETCH_HEAD:$file" | base64 | tr -d '\\n')"
                    done
                }
                """.replace("LIMIT", String.valueOf(LIMIT)));
        List<Place> places = places(applications);
        for (int i = 0; i < places.size(); i++) {
            script.append("look ").append(i).append(' ');
            script.append(Word.quoted(places.get(i).repository())).append(' ');
            script.append(Word.quoted(places.get(i).revision())).append(" &\n");
        }
        return script.append("wait\n").toString();
    }

    /** What the script said; a place of which it said nothing is unknown. */
    public static Map<Place, Reading<Seen>> parse(List<Application> applications, String answer) {
        List<Place> places = places(applications);
        Map<Place, Reading<Seen>> all = new LinkedHashMap<>();
        for (int i = 0; i < places.size(); i++) {
            all.put(
                    places.get(i),
                    one(
                            String.valueOf(i),
                            answer.lines().map(line -> line.split(" ")).toList()));
        }
        return all;
    }

    private static Reading<Seen> one(String number, List<String[]> lines) {
        List<String> commit = new ArrayList<>();
        List<String> whys = new ArrayList<>();
        Map<String, String> files = new LinkedHashMap<>();
        lines.stream()
                .filter(words -> words.length > 2 && words[1].equals(number))
                .forEach(words -> {
                    switch (words[0]) {
                        case "commit" -> commit.add(words[2]);
                        case "no" -> whys.add(text(words[2]));
                        default -> files.put(text(words[2]), words.length > 3 ? text(words[3]) : "");
                    }
                });
        if (commit.isEmpty()) {
            return new Reading.Unknown<>(
                    whys.isEmpty() ? "git did not answer within " + LIMIT + " s" : said(whys.get(0)));
        }
        return new Reading.Known<>(new Seen(commit.get(0), files));
    }

    private static String said(String why) {
        String[] lines = why.strip().split("\n");
        return lines[0].isBlank() ? "git did not answer within " + LIMIT + " s" : lines[0].replaceFirst("^fatal: ", "");
    }

    private static String text(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}

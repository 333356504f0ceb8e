package homelab.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the API lists, read on a server in one process: the first 500 of everything with one connection, and what is left
 * of long lists page after page. Packed on the way, since a list of pods is mostly the same words.
 */
public final class Lists {
    public static final String ID = "doctor:lists";

    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** Packed: some 100 000 pods. */
    private static final int CAP = 48 * 1024 * 1024;

    /** Stands alone on a line between answers, each of which is one line of JSON. */
    static final String MARK = "homelab-list ";

    /** To curl by its own name the API answers in many lines (apiserver, negotiated serialisation for people). */
    private static final String ASK = """
            cd /var/lib/rancher/k3s/server/tls 2>/dev/null && [ -f client-admin.key ] || { echo 'no API on this host'; exit 1; }
            command -v curl >/dev/null || { echo 'curl is missing (apt-get install curl)'; exit 1; }
            t=${d:-/run/homelab}.lists
            trap 'rm -f "$t".*' EXIT
            ask() {
              curl -s -m 30 -A homelab --noproxy '*' --cacert server-ca.crt --cert client-admin.crt --key client-admin.key "$@"
            }
            first() {
              for path do printf 'url = "https://127.0.0.1:6443%s?limit=500"\\n' "$path"; done |
                ask -K - -w '\\nhomelab-list %{http_code}\\n' | tee "$t.first"
            }
            rest() {
              awk '/^homelab-list /{ n++; next }
                match($0, /"continue":"[^"]+"/) { print n + 0, substr($0, RSTART + 12, RLENGTH - 13) }' "$t.first" |
              while read -r n more; do
                eval "path=\\${$((n + 1))}"
                while [ -n "$more" ]; do
                  echo "homelab-list more $path"
                  ask "https://127.0.0.1:6443$path?limit=500&continue=$more" >"$t.page" || break
                  cat "$t.page"; echo
                  more=$(awk 'match($0, /"continue":"[^"]+"/) { print substr($0, RSTART + 12, RLENGTH - 13); exit }' "$t.page")
                done
              done
            }
            { first "$@"; rest "$@"; } | gzip -1
            """;

    private Lists() {}

    /** To be asked on the server whose API answers. */
    public static Probe<Map<String, Reading<List<JsonNode>>>> probe(List<Listing> listings) {
        StringBuilder shell = new StringBuilder("set --");
        listings.forEach(listing -> shell.append(" '").append(listing.path()).append('\''));
        return new Probe<Map<String, Reading<List<JsonNode>>>>(
                        ID,
                        Probe.LIFTED + shell.append('\n').append(ASK).toString(),
                        LIMIT,
                        answer -> read(listings, answer))
                .upTo(CAP);
    }

    private static Map<String, Reading<List<JsonNode>>> read(List<Listing> listings, Answer answer) {
        if (answer.cut()) {
            throw new IllegalStateException("the API's lists are longer than what is read of them");
        }
        return new ListsReader(listings).read(answer);
    }
}

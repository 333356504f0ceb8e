package homelab.resource.helm;

import homelab.probe.Answer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads of the API of the server that is asked, many in one process. With curl fifty objects take a tenth of a second
 * where each start of kubectl takes a Pi most of one; kubectl serves where there is no curl.
 */
public final class Api {
    static final String METADATA = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
    static final String TABLE = "application/json;as=Table;g=meta.k8s.io;v=v1";

    /**
     * Defines {@code get ACCEPT}, which prints for each path on its standard input the answer, a line break and the HTTP
     * status on a line. kubectl knows no other forms than the plain one, and of a failure only that it is one.
     */
    public static final String GET = """
            cd /var/lib/rancher/k3s/server/tls 2>/dev/null && [ -f client-admin.key ] || exit 1
            if command -v curl >/dev/null; then
              get() {
                sed 's,.*,url = "https://127.0.0.1:6443&",' | curl -s -K - -m 20 --noproxy '*' -H "Accept: $1" \\
                  --cacert server-ca.crt --cert client-admin.crt --key client-admin.key -w '\\n%{http_code}\\n'
              }
            else
              get() {
                while read -r path; do
                  if k3s kubectl get --request-timeout=8s --raw "$path" 2>/dev/null; then printf '\\n200\\n'; else printf '\\n404\\n'; fi
                done
              }
            fi
            """;

    /** @param body one line of JSON, or what else the API said; @param status HTTP's */
    public record Got(String body, int status) {
        public boolean found() {
            return status == 200;
        }

        /** What the API says of itself when it does not tell; "" when it says nothing. */
        String said() {
            return body.startsWith("{") ? Trees.word(Trees.json(body), "message") : body.strip();
        }

        /** Nothing of that name, or nothing of that kind. */
        public boolean absent() {
            return status == 404;
        }
    }

    private Api() {}

    /** The answers of {@code get} in the order of its paths. */
    public static List<Got> read(Answer answer) {
        if (answer.cut()) {
            throw new IllegalStateException("the API's answer is longer than what is read of it");
        }
        return read(answer.text());
    }

    public static List<Got> read(String text) {
        List<Got> all = new ArrayList<>();
        StringBuilder body = new StringBuilder();
        for (String line : text.lines().toList()) {
            if (line.matches("\\d{3}")) {
                all.add(new Got(body.toString(), Integer.parseInt(line)));
                body.setLength(0);
            } else {
                body.append(line);
            }
        }
        return all;
    }
}

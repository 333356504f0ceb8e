package homelab.probe;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads of the API of Kubernetes on the server that is asked, with the admin certificate that k3s keeps there. With curl
 * one takes 20 ms and each further one a few, where starting kubectl takes a Pi most of a second; kubectl serves where
 * there is no curl.
 */
public final class ApiReads implements Family {
    private static final ApiReads FAMILY = new ApiReads();
    /** A cold kubectl takes seconds on a Raspberry Pi with an SD card. */
    private static final Duration LIMIT = Duration.ofSeconds(15);

    /** All pods of a full node, with what their containers are told. */
    private static final int LARGE = 4 << 20;

    private static final String TLS =
            "cd /var/lib/rancher/k3s/server/tls 2>/dev/null && [ -f client-admin.key ] || exit 1\n";
    private static final String CURL =
            "curl -s -m 8 --noproxy '*' --cacert server-ca.crt --cert client-admin.crt" + " --key client-admin.key";
    private static final String KUBECTL =
            Probe.LIFTED + "exec /usr/local/bin/k3s kubectl get --request-timeout=8s --raw ";
    /** Stands alone on a line, which nothing does in JSON that the API makes, and the status behind it. */
    private static final String MARK = "homelab-api ";

    private ApiReads() {}

    /**
     * What the API answers at a path, whatever its status; the exit code is not 0 where there is no API.
     *
     * @param path letters, digits and what else needs no quoting in sh
     */
    public static <T> Probe<T> probe(String id, String path, Function<Answer, T> parser) {
        return new Probe<>(id, read(path), LIMIT, parser).with(FAMILY, path);
    }

    /** The whole text of a long answer, such as a list; unknown where there is no API, or more than is read of it. */
    public static Probe<String> whole(String id, String path) {
        return probe(id, path, ApiReads::text).upTo(LARGE);
    }

    private static String text(Answer answer) {
        if (!answer.ok() || answer.cut()) {
            throw new IllegalStateException("no API answers there (exit code " + answer.exit() + ")");
        }
        return answer.text();
    }

    /** Shell that prints what the API answers at a path; it fails where there is no API. */
    public static String read(String path) {
        return TLS + "if command -v curl >/dev/null; then\n  exec " + CURL + " 'https://127.0.0.1:6443" + path
                + "'\nfi\n" + KUBECTL + "'" + path + "'\n";
    }

    @Override
    public String name() {
        return "reads of the API";
    }

    @Override
    public String shell(List<String> paths) {
        String told = "'\\n" + MARK + "%s\\n'";
        return TLS + "set -- '" + String.join("' '", paths) + "'\nif command -v curl >/dev/null; then\n"
                + "  printf 'url = \"https://127.0.0.1:6443%s\"\\n' \"$@\" | " + CURL + " -K - -w "
                + told.replace("%s", "%{http_code}") + "\n  exit 0\nfi\n"
                + "for path do\n  if (" + KUBECTL + "\"$path\"); then c=200; else c=000; fi\n  printf " + told
                + " \"$c\"\ndone\n";
    }

    @Override
    public Map<String, Answer> divide(Answer whole, List<String> paths) {
        Map<String, Answer> answers = new HashMap<>();
        if (!whole.ok()) {
            paths.forEach(path -> answers.put(path, new Answer(whole.exit(), new byte[0], false)));
            return answers;
        }
        String text = new String(whole.out(), StandardCharsets.ISO_8859_1); // a character is a byte
        int at = 0;
        for (String path : paths) {
            int mark = text.indexOf("\n" + MARK, at);
            if (mark < 0) {
                break;
            }
            int end = mark + 1 + MARK.length();
            boolean answered = !text.startsWith("000", end);
            answers.put(
                    path,
                    new Answer(
                            answered ? 0 : 7, text.substring(at, mark).getBytes(StandardCharsets.ISO_8859_1), false));
            at = text.indexOf('\n', end) + 1;
        }
        return answers;
    }
}

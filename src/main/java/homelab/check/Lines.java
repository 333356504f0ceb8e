package homelab.check;

import homelab.probe.Answer;
import java.util.HashMap;
import java.util.Map;

/** Reads {@code key=value} lines. */
final class Lines {
    private Lines() {}

    static Map<String, String> values(Answer answer) {
        Map<String, String> values = new HashMap<>();
        for (String line : answer.text().split("\n")) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
        }
        return values;
    }
}

package homelab.doctor.cri;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What containerd keeps of a start of a pod.
 *
 * @param id 64 hexadecimal digits
 * @param uid the pod's, as the API has it
 * @param attempt how many starts of the pod came before
 * @param created seconds since 1970; not above 0 where containerd was killed while it made it
 */
record Sandbox(String id, String pod, String uid, long attempt, boolean ready, long created) {
    private static final Pattern LINE = Pattern.compile("\\s*\"(\\w+)\": \"?([^\",]*)\"?,?");
    private static final long NANOS = 1_000_000_000;

    /**
     * The lines of {@code crictl pods -o json} that hold a field we want. Labels and annotations come after the fields and
     * may be called like them, so the first of each counts; an id of 64 digits begins the next.
     */
    static List<Sandbox> parse(List<String> lines) {
        List<Map<String, String>> all = new ArrayList<>();
        for (String line : lines) {
            Matcher field = LINE.matcher(line);
            if (!field.matches()) {
                continue;
            }
            if (field.group(1).equals("id") && field.group(2).matches("[0-9a-f]{64}")) {
                all.add(new HashMap<>());
            }
            if (!all.isEmpty()) {
                all.get(all.size() - 1).putIfAbsent(field.group(1), field.group(2));
            }
        }
        return all.stream().map(Sandbox::of).toList();
    }

    private static Sandbox of(Map<String, String> fields) {
        return new Sandbox(
                fields.getOrDefault("id", ""),
                fields.getOrDefault("namespace", "") + "/" + fields.getOrDefault("name", ""),
                fields.getOrDefault("uid", ""),
                number(fields, "attempt").orElse(0),
                fields.getOrDefault("state", "").equals("SANDBOX_READY"),
                number(fields, "createdAt").orElse(0) / NANOS);
    }

    private static OptionalLong number(Map<String, String> fields, String key) {
        String text = fields.getOrDefault(key, "");
        return text.matches("-?\\d{1,19}") && new java.math.BigInteger(text).bitLength() < 64
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
    }

    String told() {
        return pod + " uid " + uid + " attempt " + attempt + " sandbox " + id.substring(0, Math.min(13, id.length()));
    }
}

package homelab.resource.rotation;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.json.JsonAnswer;
import homelab.probe.Answer;
import homelab.probe.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How Secrets are encrypted, as k3s on one server says it ({@code k3s secrets-encrypt status -o json}; k3s
 * pkg/server/handlers/secrets-encrypt.go). Keys are told by name.
 *
 * @param on whether Secrets are encrypted; empty where k3s has no settings for it at all
 * @param stage "start", "prepare", "rotate", "reencrypt_active", "reencrypt_finished"
 * @param active the key that writes
 * @param others those that are read with besides it
 * @param disagreement how servers differ; empty where they agree
 */
public record Encryption(
        Optional<Boolean> on, String stage, Optional<Key> active, List<Key> others, String disagreement) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:+-]{1,80}");
    private static final Set<String> AT_REST = Set.of("start", "reencrypt_finished");

    /** k3s takes a second or two on a Raspberry Pi to start for it. */
    public static final Probe<Encryption> PROBE = new Probe<>(
            "secrets encryption",
            Probe.LIFTED + "/usr/local/bin/k3s secrets-encrypt status -o json 2>&1",
            Duration.ofSeconds(30),
            Encryption::parse);

    /** @param kind as k3s names it: "AES-CBC", "XSalsa20-POLY1305" */
    public record Key(String kind, String name) {
        /** Releases before April 2025 say the name alone, since there was one kind. */
        static Key of(String told) {
            int space = told.indexOf(' ');
            return space < 0
                    ? new Key("AES-CBC", told)
                    : new Key(
                            told.substring(0, space), told.substring(space + 1).strip());
        }
    }

    public Encryption {
        others = List.copyOf(others);
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    private static Encryption parse(Answer answer) {
        String text = answer.text();
        int json = text.indexOf('{');
        if (!answer.ok() || json < 0) {
            String last = text.strip().lines().reduce("", (before, line) -> line);
            throw new IllegalStateException("k3s does not tell it: " + last.replaceFirst(".*msg=", ""));
        }
        return of(JsonAnswer.tree(text.substring(json)));
    }

    private static Encryption of(JsonNode told) {
        List<Key> others = new ArrayList<>();
        told.path("inactivekeys").forEach(key -> others.add(Key.of(key.asText())));
        boolean agree = told.path("hashmatch").asBoolean();
        String why = told.path("hasherror").asText("hashes do not match");
        return new Encryption(
                told.has("enable") ? Optional.of(told.path("enable").asBoolean()) : Optional.empty(),
                told.path("stage").asText(),
                Optional.of(told.path("activekey").asText())
                        .filter(key -> !key.isEmpty())
                        .map(Key::of),
                others,
                agree ? "" : why);
    }

    public boolean isOn() {
        return on.orElse(false);
    }

    public boolean agrees() {
        return on.isPresent() && disagreement.isEmpty();
    }

    /** Whether a rotation is under way, whoever began it. */
    public boolean rotates() {
        return !AT_REST.contains(stage);
    }

    /** The name of the key that writes; empty where none does. */
    public String key() {
        return active.map(Key::name).orElse("");
    }

    /**
     * How far the rotation away from a key is: 0 nothing is done, 1 a new key is beside it, 2 the new one writes, 3 it is
     * alone.
     *
     * @param before the name of the key of before
     */
    public int reached(String before) {
        if (key().equals(before)) {
            return others.isEmpty() ? 0 : 1;
        }
        return others.isEmpty() && stage.equals("reencrypt_finished") ? 3 : 2;
    }
}

package homelab.snapshot;

import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Word;
import java.time.Duration;

/** Whether a snapshot is the whole of what etcd sent. */
public enum Integrity {
    WHOLE("whole"),
    /** It ends too early, or was changed after. */
    BROKEN("broken"),
    /** Compressed by k3s: its sum is inside. */
    UNSEEN("not looked into");

    /**
     * Defines {@code whole FILE}. etcd ends a snapshot, which is as long as some pages of 512 bytes, with the SHA-256 of all
     * before it (etcd 3.5, client/v3/snapshot); the data themselves bear bbolt's mark in their first page (bbolt, page.go).
     */
    public static final String SH = """
            whole() {
              [ $(($(stat -c %s "$1") % 512)) -eq 32 ] || return 1
              [ "$(head -c 20 "$1" | tail -c 4 | od -An -v -tx1 | tr -d ' \\n')" = edda0ced ] || return 1
              [ "$(head -c -32 "$1" | sha256sum | cut -c 1-64)" = "$(tail -c 32 "$1" | od -An -v -tx1 | tr -d ' \\n')" ]
            }
            """;

    private final String words;

    Integrity(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** Reads the whole file. */
    public static Probe<Integrity> of(Taken snapshot) {
        String shell = snapshot.isCompressed()
                ? "exit 3"
                : SH + "if whole " + Word.quoted(snapshot.path()) + "; then echo whole; else echo broken; fi";
        return new Probe<>("integrity of " + snapshot.name(), shell, Duration.ofMinutes(2), Integrity::read);
    }

    private static Integrity read(Answer answer) {
        return switch (answer.text().strip()) {
            case "whole" -> WHOLE;
            case "broken" -> BROKEN;
            default -> UNSEEN;
        };
    }
}

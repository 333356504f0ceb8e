package homelab.doctor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a check says of one subject.
 *
 * @param check its id, e.g. "HOST-004"
 * @param subject a node's name, an object as {@code kind namespace/name}, or "cluster"
 * @param what in one line, without the subject
 * @param evidence the very lines it was seen by; foreign text, to be made safe before it is printed
 * @param since when it began, where that can be seen
 * @param inferred whether it is concluded from something else than the thing itself
 * @param fix what to type; empty where nothing is to be done, only the check's explanation helps, or it would be too
 *     long to be typed
 * @param because the key of another finding that this one follows from; empty when it stands for itself
 */
public record Finding(
        String check,
        Verdict verdict,
        String subject,
        String what,
        List<String> evidence,
        Optional<Instant> since,
        boolean inferred,
        String fix,
        Optional<String> because) {
    /** Of more lines than these the rest is only counted. */
    private static final int LINES = 20;
    /** Of a longer line the rest is left out: names and messages are others' words. */
    private static final int LENGTH = 1000;

    public Finding {
        subject = shortened(subject);
        what = shortened(what);
        fix = fix.length() <= LENGTH ? fix : "";
        evidence = List.copyOf(evidence);
    }

    public Finding(String check, Verdict verdict, String subject, String what) {
        this(check, verdict, subject, what, List.of(), Optional.empty(), false, "", Optional.empty());
    }

    /** With the lines that show it. */
    public Finding by(List<String> lines) {
        return new Finding(check, verdict, subject, what, shortened(lines), since, inferred, fix, because);
    }

    public Finding by(String... lines) {
        return by(List.of(lines));
    }

    /** With what to type. */
    public Finding fix(String command) {
        return new Finding(check, verdict, subject, what, evidence, since, inferred, command, because);
    }

    public Finding since(Instant begin) {
        return new Finding(check, verdict, subject, what, evidence, Optional.of(begin), inferred, fix, because);
    }

    /** Concluded, not seen. */
    public Finding concluded() {
        return new Finding(check, verdict, subject, what, evidence, since, true, fix, because);
    }

    /** As what follows from another one. */
    Finding because(Finding cause) {
        return new Finding(check, verdict, subject, what, evidence, since, inferred, fix, Optional.of(cause.key()));
    }

    /** Whether something is to be told: all but PASS and NOT_APPLICABLE. */
    public boolean isTold() {
        return verdict.compareTo(Verdict.PASS) < 0;
    }

    /** The same finding of another run has the same key, whatever its evidence. */
    public String key() {
        return check + " " + subject;
    }

    private static List<String> shortened(List<String> lines) {
        List<String> first = new ArrayList<>(
                lines.stream().limit(LINES).map(Finding::shortened).toList());
        if (lines.size() > LINES) {
            first.add("and " + (lines.size() - LINES) + " more");
        }
        return first;
    }

    private static String shortened(String line) {
        return line.length() <= LENGTH ? line : line.substring(0, LENGTH) + "…";
    }
}

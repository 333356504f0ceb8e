package homelab.doctor;

/** How a check came out for one subject, the worst first. UNKNOWN is never taken for PASS. */
public enum Verdict {
    FAIL("fails"),
    /** It could not be looked at. */
    UNKNOWN("unknown"),
    WARN("warns"),
    PASS("passes"),
    /** What it is about is not there: no Argo CD, no Longhorn, one server. */
    NOT_APPLICABLE("does not apply");

    private final String word;

    Verdict(String word) {
        this.word = word;
    }

    /** For people, behind a subject. */
    public String word() {
        return word;
    }
}

package homelab.gitops;

/**
 * Something worth telling about an Application.
 *
 * @param name stable, for programs: {@code RolloutStuck}
 * @param why what was seen; @param fix what to type or to change; may be empty
 */
public record Finding(Weight weight, String name, String subject, String why, String fix) {

    /** What it means for the question whether all is as Git says. */
    public enum Weight {
        WRONG,
        UNKNOWN,
        /** It is as Git says, and yet somebody should know. */
        DANGER
    }

    static Finding wrong(String name, Object subject, String why, String fix) {
        return new Finding(Weight.WRONG, name, subject.toString(), why, fix);
    }

    static Finding unknown(String name, Object subject, String why, String fix) {
        return new Finding(Weight.UNKNOWN, name, subject.toString(), why, fix);
    }

    static Finding danger(String name, Object subject, String why, String fix) {
        return new Finding(Weight.DANGER, name, subject.toString(), why, fix);
    }
}

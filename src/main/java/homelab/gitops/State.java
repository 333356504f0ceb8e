package homelab.gitops;

/** How an Application stands, worst last. */
public enum State {
    AS_GIT_SAYS("as Git says"),
    /** What could be seen is as Git says, and not all could. */
    UNKNOWN("could not be seen"),
    ROLLING("being rolled out"),
    BEHIND("Git is ahead"),
    DIFFERS("not as Git says"),
    OLD_OBJECT("not as its file says"),
    OLD_RUNS("Synced, something else runs"),
    FAILING("cannot be compared");

    private final String words;

    State(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    static State worse(State one, State other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}

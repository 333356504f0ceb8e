package homelab.recovery;

/** Why something is done with a sandbox or a container, or is not. */
public enum Reason {
    BARRED("barred", "the kubelet asks for a name that it keeps"),
    SIBLING("sibling", "another start of its pod keeps a name that the kubelet asks for"),
    GONE("gone", "the API has no such pod any more"),
    ENDING("ending", "its pod is being deleted"),
    ENDED("ended", "its pod has ended"),
    HALF("half", "containerd was killed while it made it"),
    WAITS("waits", "it is of an earlier boot, and its pod has none that is ready"),
    NAMED("named", "--rerun names its pod; what it did may be done a second time"),
    UNSEEN("unseen", "not all could be seen that tells whether it is alive"),
    ALIVE("alive", "something of it may still run"),
    AGAIN("again", "its pod's were removed twice since this boot, and its name is barred again"),
    NO_API("no-api", "the API does not say whether its pod may be started again"),
    STATIC("static", "it is of a static pod, which the API does not tell apart"),
    EARLY("early", "its pod is gone; the kubelet has run for less than five minutes and clears up itself"),
    ONCE("once", "its pod is to run once, and would be run a second time"),
    KEPT("kept", "the kubelet keeps it for the logs of the last start");

    private final String word;
    private final String text;

    Reason(String word, String text) {
        this.word = word;
        this.text = text;
    }

    /** As {@code decide} writes it. */
    String word() {
        return word;
    }

    public String text() {
        return text;
    }
}

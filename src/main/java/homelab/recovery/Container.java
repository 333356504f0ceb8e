package homelab.recovery;

/**
 * What containerd keeps of one start of a container.
 *
 * @param sandbox the id of that in which it is
 * @param state created, running, exited or unknown
 */
public record Container(String id, String sandbox, String name, String attempt, String state) {

    /** Whether it may still run; what cannot be told may. */
    public boolean mayRun() {
        return !state.equals("exited") && !state.equals("created");
    }
}

package homelab.recovery;

/**
 * A pod as the API has it on a node.
 *
 * @param policy its restartPolicy: Always, OnFailure or Never
 * @param job whether a Job owns it
 * @param unready for how many seconds it has not been Ready; 0 when it is, or when that is not told
 * @param ip "-" when it has none
 * @param priority its priorityClassName, "-" when it has none
 * @param ending whether it is being deleted
 */
public record Pod(
        String uid,
        String namespace,
        String name,
        String phase,
        String policy,
        boolean job,
        long unready,
        String ip,
        String priority,
        boolean ending) {

    /** The pod's namespace and name, as people write it. */
    public String pod() {
        return namespace + "/" + name;
    }

    /** Whether it will not run again. */
    public boolean hasEnded() {
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /** Whether what it does is to be done once: without a trace of its first start the kubelet starts it again. */
    boolean isOnce() {
        return !policy.equals("Always") || job;
    }
}

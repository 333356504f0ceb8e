package homelab.recovery;

/**
 * What containerd keeps of one start of a pod.
 *
 * @param id 64 hexadecimal digits
 * @param uid the pod's, as the API has it; of a static pod 32 digits without a dash
 * @param attempt how many starts of the pod came before
 * @param created seconds since 1970; not above 0 where containerd was killed while it made it
 * @param job whether its labels say that it is of a Job
 */
public record Sandbox(
        String id,
        String namespace,
        String name,
        String uid,
        String attempt,
        boolean ready,
        long created,
        boolean job) {

    /** The pod's namespace and name, as people write it. */
    public String pod() {
        return namespace + "/" + name;
    }
}

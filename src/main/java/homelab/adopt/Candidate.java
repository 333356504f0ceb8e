package homelab.adopt;

import homelab.model.Ip;
import java.util.Locale;
import java.util.Optional;

/**
 * A host that answered, for an inventory that is still to be written.
 *
 * @param lan the network of its address, if it was seen
 * @param medium of the disk that k3s's data would be on ("nvme", "ssd", "sd-card" ...); empty when not known
 * @param memoryBytes 0 when not known
 * @param k3s the unit of a k3s that it has already; empty when it has none
 */
public record Candidate(
        String hostname, Ip address, Optional<String> lan, String board, String medium, long memoryBytes, String k3s) {
    private static final long GIB = 1L << 30;
    private static final long ENOUGH = 3 * GIB; // a Pi of 4 GB tells a little less

    /** As Kubernetes and an inventory take it. */
    public String name() {
        String name =
                hostname.toLowerCase(Locale.ROOT).replaceFirst("\\..*", "").replaceAll("[^a-z0-9-]", "-");
        return name.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")
                ? name
                : "node-" + address.toString().replaceAll("[.:]+", "-");
    }

    /** etcd waits for every write to reach the disk. */
    int disk() {
        return switch (medium) {
            case "nvme" -> 4;
            case "ssd" -> 3;
            case "sd-card", "emmc" -> 0;
            case "hdd", "usb" -> 1;
            default -> 2;
        };
    }

    boolean canServe() {
        return memoryBytes >= ENOUGH && disk() > 0;
    }

    /** What speaks for or against it, for a comment. */
    String told() {
        String memory = memoryBytes == 0 ? "memory not known" : Math.round(memoryBytes / (double) GIB) + " GB";
        String text = (board.isBlank() ? "" : board.strip() + ", ")
                + memory
                + (medium.isEmpty() ? "" : ", " + medium)
                + (k3s.isEmpty() ? "" : "; has " + k3s + " already: see homelab init --from");
        return text.replaceAll("[\\p{Cntrl}]", " ");
    }
}

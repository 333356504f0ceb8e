package homelab.resource;

import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Readings;
import java.util.List;

/**
 * The k3s program of before lies beside the new one, for a node that the new one does not bring up. It is another name of the
 * same file, which costs no room until the old one is replaced.
 *
 * @param sha256 of the program that comes: once it is there, there is nothing left to keep
 */
public record KeptProgram(String sha256) implements Resource {
    /** Where it is kept. */
    public static final String PATH = "/var/lib/homelab/k3s-before";

    private static final Probe<Boolean> KEPT = Probe.yes("k3s before", "[ " + K3sBinary.PATH + " -ef " + PATH + " ]");

    private static final Probe<String> NOW = Probe.of("k3s now", "sha256sum <" + K3sBinary.PATH, KeptProgram::sum);

    private static String sum(Answer answer) {
        return answer.ok() ? answer.text().split(" ")[0] : "absent";
    }

    @Override
    public String id() {
        return "file " + PATH;
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(KEPT, NOW);
    }

    @Override
    public Status status(Readings readings) {
        boolean kept = readings.of(KEPT).known().orElse(false);
        return Status.of(
                readings.of(NOW),
                now -> kept || now.equals(sha256) || now.equals("absent")
                        ? Status.SAME
                        : Status.drift(Worst.CREATE, PATH, "absent, or an older one", "the program of now"));
    }

    @Override
    public Deed deed() {
        return Deed.Shell.of("set -eu\nmkdir -p /var/lib/homelab\nln -f " + K3sBinary.PATH + " " + PATH
                + " 2>/dev/null || { cp -p " + K3sBinary.PATH + " " + PATH + ".new\nsync " + PATH + ".new\nmv " + PATH
                + ".new " + PATH + "; }\n");
    }
}

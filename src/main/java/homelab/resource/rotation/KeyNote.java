package homelab.resource.rotation;

import homelab.probe.Probe;
import java.util.Optional;

/**
 * What the server on which a rotation of the key began keeps until it is through: the name of the key of before. k3s tells
 * its own stage, but not which rotation it belongs to: the end of the last one looks like the end of this.
 */
public final class KeyNote {
    static final String FILE = "/var/lib/homelab/key-before";

    /** The name of the key of before, where a rotation is under way. */
    public static final Probe<Optional<String>> PROBE = Probe.of(
            "key of before",
            "[ -s " + FILE + " ] || exit 0; cat " + FILE,
            answer -> Optional.of(answer.text().strip()).filter(Encryption::isName));

    private KeyNote() {}
}

package homelab.resource.rotation;

import homelab.probe.Probe;
import java.util.Optional;

/**
 * What the server on which a change of the token began keeps until it is through: the token of before, so that the next run
 * goes on with the change, and a k3s that broke off in its midst can still be brought back with it.
 */
public final class TokenNote {
    static final String FILE = "/var/lib/homelab/token-before";

    /** SHA-256 of the token of before, where a change is under way. */
    public static final Probe<Optional<String>> PROBE = Probe.of(
            "token of before",
            "[ -s " + FILE + " ] || exit 0; printf %s \"$(cat " + FILE + ")\" | sha256sum | cut -c 1-64",
            answer -> Optional.of(answer.text().strip()).filter(sum -> sum.matches("[0-9a-f]{64}")));

    private TokenNote() {}
}

package homelab.resource;

import homelab.model.ClusterToken;
import homelab.model.Secret;
import homelab.probe.Probe;
import homelab.probe.Readings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The token file of a node.
 *
 * @param token as it is written when there is none, or a wrong one
 * @param anyForm whether the other form of the same token is as good: a member is let in by either
 */
public record K3sToken(ClusterToken token, boolean anyForm) implements Resource {

    private TextFile preferred() {
        return file(token.text());
    }

    /** The file as it is written for a token. */
    public static TextFile file(ClusterToken token) {
        return file(token.text());
    }

    private static TextFile file(Secret text) {
        return TextFile.secret(K3sConfig.TOKEN, new Secret(text.reveal() + "\n"));
    }

    @Override
    public String id() {
        return preferred().id();
    }

    @Override
    public List<Probe<?>> probes() {
        return preferred().probes();
    }

    @Override
    public Status status(Readings readings) {
        Status status = preferred().status(readings);
        Optional<Status> otherForm = Stream.of(token.password())
                .filter(password -> anyForm)
                .map(password -> file(password).status(readings))
                .filter(Status.Same.class::isInstance)
                .findFirst();
        return otherForm.orElse(status);
    }

    @Override
    public Deed deed() {
        return preferred().deed();
    }
}

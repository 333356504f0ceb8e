package homelab.facts;

import java.util.Optional;
import java.util.Set;

/** A k3s on a host, of which a test says what it is about. Without a word there is none. */
public final class SampleK3s {
    private Optional<String> version = Optional.empty();
    private Optional<String> binary = Optional.empty();
    private Optional<String> unit = Optional.empty();
    private String active = "inactive";
    private boolean config;
    private Optional<String> ca = Optional.empty();
    private Optional<String> token = Optional.empty();
    private String datastore = "none";
    private boolean apiReady;
    private Optional<String> podCidr = Optional.empty();
    private Set<String> images = Set.of();
    private K3sSettings settings = K3sSettings.NONE;
    private boolean password;

    public static SampleK3s none() {
        return new SampleK3s();
    }

    /** Installed and running; whether it is a member of a cluster is still to be said. */
    public static SampleK3s running(String unit) {
        SampleK3s sample = new SampleK3s().version("v1.33.4+k3s1").unit(unit).active("active");
        sample.binary = Optional.of("b1a2".repeat(16));
        sample.config = true;
        sample.password = true;
        return sample;
    }

    public SampleK3s version(String tag) {
        version = Optional.of(tag);
        return this;
    }

    public SampleK3s binary(String sha256) {
        binary = Optional.of(sha256);
        return this;
    }

    public SampleK3s unit(String name) {
        unit = Optional.of(name);
        return this;
    }

    public SampleK3s active(String state) {
        active = state;
        return this;
    }

    public SampleK3s ca(String sha256) {
        ca = Optional.of(sha256);
        return this;
    }

    public SampleK3s token(String sha256) {
        token = Optional.of(sha256);
        return this;
    }

    public SampleK3s datastore(String kind) {
        datastore = kind;
        return this;
    }

    public SampleK3s apiReady(boolean ready) {
        apiReady = ready;
        return this;
    }

    public SampleK3s pods(String cidr) {
        podCidr = Optional.of(cidr);
        return this;
    }

    public SampleK3s images(String... names) {
        images = Set.of(names);
        return this;
    }

    public SampleK3s settings(K3sSettings said) {
        settings = said;
        return this;
    }

    public SampleK3s password(boolean there) {
        password = there;
        return this;
    }

    public K3sState state() {
        return new K3sState(
                version, binary, unit, active, config, ca, token, datastore, apiReady, podCidr, images, settings,
                password);
    }
}

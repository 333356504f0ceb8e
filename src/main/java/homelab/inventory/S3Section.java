package homelab.inventory;

import homelab.model.S3;
import homelab.model.SecretSource;
import java.net.URI;
import java.util.Optional;

/** {@code k3s.snapshots.s3}, a storage for sealed copies of snapshots. */
final class S3Section {
    private static final String REGION = "us-east-1";

    private S3Section() {}

    /** Empty when none is named, or it could not be read; then a mistake was noted. */
    static Optional<S3> read(Fields snapshots, Paths paths) {
        if (!snapshots.has("s3")) {
            return Optional.empty();
        }
        Fields fields = snapshots.section("s3", Section.S3);
        String region = fields.one("region", Kinds.S3_REGION, REGION).orElse(REGION);
        URI amazon = URI.create("https://s3." + region + ".amazonaws.com");
        URI endpoint = fields.one("endpoint", Kinds.URL, amazon).orElse(amazon);
        Optional<SecretSource> access = source(fields, "access-key", paths);
        Optional<SecretSource> secret = source(fields, "secret-key", paths);
        return access.flatMap(key -> secret.map(other -> new S3(endpoint, region, key, other)));
    }

    private static Optional<SecretSource> source(Fields fields, String key, Paths paths) {
        return fields.value(key)
                .flatMap(value -> SourceSection.read(fields.path(key), value, fields.mistakes(), paths));
    }
}

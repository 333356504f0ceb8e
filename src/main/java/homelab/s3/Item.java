package homelab.s3;

import java.time.Instant;

/** An object in a bucket. */
public record Item(String key, long bytes, Instant written) {}

package homelab.model;

import java.net.URI;

/**
 * A storage that speaks S3, and what opens it.
 *
 * @param endpoint without a bucket
 */
public record S3(URI endpoint, String region, SecretSource accessKey, SecretSource secretKey) {}

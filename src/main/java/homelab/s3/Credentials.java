package homelab.s3;

import homelab.model.Secret;

/** What a storage knows us by. */
public record Credentials(Secret accessKey, Secret secretKey) {}

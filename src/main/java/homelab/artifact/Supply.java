package homelab.artifact;

import java.net.URI;

/**
 * A file that homelab brings along, and where it is had. The local path need not exist yet.
 *
 * @param from an address, or for a chart that of its repository's index with {@code #NAME-VERSION} behind it, which is
 *     looked up when the file is wanted and not before
 */
public record Supply(Release.Artifact artifact, URI from) {}

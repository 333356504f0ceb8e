/** Release files: sums, pins, downloads, the cache. */
@NullMarked
package homelab.artifact;

import org.jspecify.annotations.NullMarked;

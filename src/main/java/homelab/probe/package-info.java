/** The one way to look at a host: small shell scripts joined into one, read back one by one. */
@NullMarked
package homelab.probe;

import org.jspecify.annotations.NullMarked;

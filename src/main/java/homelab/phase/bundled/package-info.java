/** The manifests by which what k3s brings along is configured. */
@NullMarked
package homelab.phase.bundled;

import org.jspecify.annotations.NullMarked;

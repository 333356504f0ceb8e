/** Helm releases as resources: how they stand, how their objects stand, and the deed that mends both. */
@NullMarked
package homelab.resource.helm;

import org.jspecify.annotations.NullMarked;

/** What Longhorn is told because of what the nodes are, and what speaks against it. */
@NullMarked
package homelab.phase.longhorn;

import org.jspecify.annotations.NullMarked;

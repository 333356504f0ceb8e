/** Which doors a node must keep open, by the inventory alone. */
@NullMarked
package homelab.phase.firewall;

import org.jspecify.annotations.NullMarked;

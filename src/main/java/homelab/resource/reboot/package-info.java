/** A node is rebooted, and is back in service after it. */
@NullMarked
package homelab.resource.reboot;

import org.jspecify.annotations.NullMarked;

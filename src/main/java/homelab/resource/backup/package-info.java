/** What nodes need to copy their data to another node by restic, and that they did. */
@NullMarked
package homelab.resource.backup;

import org.jspecify.annotations.NullMarked;

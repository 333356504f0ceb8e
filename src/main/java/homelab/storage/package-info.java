/** Where data lies and what the loss of one node would take: judged from what was read, without reading anything. */
@NullMarked
package homelab.storage;

import org.jspecify.annotations.NullMarked;

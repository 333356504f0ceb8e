/** What of the nodes' own data is copied elsewhere, what is not, and which copies there are: judged from what was read. */
@NullMarked
package homelab.backup;

import org.jspecify.annotations.NullMarked;

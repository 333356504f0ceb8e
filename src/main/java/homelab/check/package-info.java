/** Named conditions, judged over a snapshot. Pure. */
@NullMarked
package homelab.check;

import org.jspecify.annotations.NullMarked;

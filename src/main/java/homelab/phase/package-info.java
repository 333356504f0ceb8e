/** The order of work: inventory and facts become steps. */
@NullMarked
package homelab.phase;

import org.jspecify.annotations.NullMarked;

/** How every failure is told: what, why, fix, where. */
@NullMarked
package homelab.problem;

import org.jspecify.annotations.NullMarked;

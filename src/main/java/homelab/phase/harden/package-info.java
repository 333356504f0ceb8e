/** Which files, units and settings make a host outlive a bad night. */
@NullMarked
package homelab.phase.harden;

import org.jspecify.annotations.NullMarked;

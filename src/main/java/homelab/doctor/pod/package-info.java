/** Checks of pods: what they may use, how they end, and whether they run. */
@NullMarked
package homelab.doctor.pod;

import org.jspecify.annotations.NullMarked;

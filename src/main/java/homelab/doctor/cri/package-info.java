/** Checks of the container runtime: what it still keeps of pods that are gone. */
@NullMarked
package homelab.doctor.cri;

import org.jspecify.annotations.NullMarked;

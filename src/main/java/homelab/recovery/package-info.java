/**
 * What a container runtime keeps of pods that are dead, and what may be done with it: pure decisions over evidence that
 * was collected, never over the clock or a state alone. Holds no host and does nothing.
 */
@NullMarked
package homelab.recovery;

import org.jspecify.annotations.NullMarked;

/** k3s that others installed: read, and compared with what the inventory wants. Pure but for the probes' shell. */
@NullMarked
package homelab.adopt;

import org.jspecify.annotations.NullMarked;

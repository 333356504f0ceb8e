/** What is known beforehand of releases of k3s and of what runs in a cluster: facts that others published, with their source. */
@NullMarked
package homelab.phase.release;

import org.jspecify.annotations.NullMarked;

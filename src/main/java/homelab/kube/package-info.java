/** Kubernetes reads and writes. The only room that imports io.fabric8. */
@NullMarked
package homelab.kube;

import org.jspecify.annotations.NullMarked;

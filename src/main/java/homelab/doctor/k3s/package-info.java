/** Checks of Kubernetes as k3s runs it. */
@NullMarked
package homelab.doctor.k3s;

import org.jspecify.annotations.NullMarked;

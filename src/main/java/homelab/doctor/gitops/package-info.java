/** Checks of Argo CD and of what it brings into the cluster. */
@NullMarked
package homelab.doctor.gitops;

import org.jspecify.annotations.NullMarked;

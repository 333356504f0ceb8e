/** What Argo CD is told because of what the cluster is, and what it is to begin with. */
@NullMarked
package homelab.phase.argo;

import org.jspecify.annotations.NullMarked;

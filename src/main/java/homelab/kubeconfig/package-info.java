/** The user's kubeconfig file: read, judged and changed in place, without kubectl. The only room that writes it. */
@NullMarked
package homelab.kubeconfig;

import org.jspecify.annotations.NullMarked;

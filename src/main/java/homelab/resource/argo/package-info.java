/** Argo CD's Applications, the password of its admin, and that nobody lets it manage itself. */
@NullMarked
package homelab.resource.argo;

import org.jspecify.annotations.NullMarked;

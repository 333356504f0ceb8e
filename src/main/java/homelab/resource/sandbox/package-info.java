/** What dead pods left on a host, taken away, and that the pods which it barred start again. */
@NullMarked
package homelab.resource.sandbox;

import org.jspecify.annotations.NullMarked;

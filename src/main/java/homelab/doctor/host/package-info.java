/** Checks of the hosts themselves. */
@NullMarked
package homelab.doctor.host;

import org.jspecify.annotations.NullMarked;

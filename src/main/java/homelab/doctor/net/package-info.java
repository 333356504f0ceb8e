/** Checks of the network between the nodes, mostly measured. */
@NullMarked
package homelab.doctor.net;

import org.jspecify.annotations.NullMarked;

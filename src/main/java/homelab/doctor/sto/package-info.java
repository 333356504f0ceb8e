/** Checks of where data lies. */
@NullMarked
package homelab.doctor.sto;

import org.jspecify.annotations.NullMarked;

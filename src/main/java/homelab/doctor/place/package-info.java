/** Checks of where pods run, and where they could. */
@NullMarked
package homelab.doctor.place;

import org.jspecify.annotations.NullMarked;

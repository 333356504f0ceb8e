/** Checks of what pods may do and reach, and where secrets come from. */
@NullMarked
package homelab.doctor.sec;

import org.jspecify.annotations.NullMarked;

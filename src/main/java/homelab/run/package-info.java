/** Carries a plan out: parallelism, deadlines, lock, journal; tells events. */
@NullMarked
package homelab.run;

import org.jspecify.annotations.NullMarked;

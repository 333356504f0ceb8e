/** The entry point. */
@NullMarked
package homelab;

import org.jspecify.annotations.NullMarked;

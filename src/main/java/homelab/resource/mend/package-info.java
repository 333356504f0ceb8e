/** What {@code recover} sets right through the API, each with the look that proves it. */
@NullMarked
package homelab.resource.mend;

import org.jspecify.annotations.NullMarked;

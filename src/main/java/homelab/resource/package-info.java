/** One thing that should be so: how to look, what the answer means, how to make it so. Pure. */
@NullMarked
package homelab.resource;

import org.jspecify.annotations.NullMarked;

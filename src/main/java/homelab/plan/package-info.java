/** What would be done, as data. Nothing in it has happened. */
@NullMarked
package homelab.plan;

import org.jspecify.annotations.NullMarked;

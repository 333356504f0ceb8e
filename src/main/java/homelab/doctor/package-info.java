/** What doctor looks at, what it finds in it, and how sure that is. */
@NullMarked
package homelab.doctor;

import org.jspecify.annotations.NullMarked;

/** What an API answered, read. */
@NullMarked
package homelab.json;

import org.jspecify.annotations.NullMarked;

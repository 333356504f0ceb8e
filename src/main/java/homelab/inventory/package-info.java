/** YAML to records; every mistake at once, each with its place. */
@NullMarked
package homelab.inventory;

import org.jspecify.annotations.NullMarked;

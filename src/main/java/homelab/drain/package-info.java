/** A node that is to be emptied: whether it lives, who leaves it, what is in the way, who finds no other place. Judged over what was told. */
@NullMarked
package homelab.drain;

import org.jspecify.annotations.NullMarked;

/** What a cluster is: records that cannot exist invalid. Imports nothing but java.*. */
@NullMarked
package homelab.model;

import org.jspecify.annotations.NullMarked;

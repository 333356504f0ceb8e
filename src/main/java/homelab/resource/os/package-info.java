/** The operating system's packages are as new as its archive has them. */
@NullMarked
package homelab.resource.os;

import org.jspecify.annotations.NullMarked;

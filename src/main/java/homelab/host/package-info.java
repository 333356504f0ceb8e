/** A machine that runs scripts and takes files; how it is reached is somebody else's. */
@NullMarked
package homelab.host;

import org.jspecify.annotations.NullMarked;

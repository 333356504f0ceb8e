/** Host over sshj. The only room that imports net.schmizz. */
@NullMarked
package homelab.ssh;

import org.jspecify.annotations.NullMarked;

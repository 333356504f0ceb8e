/** What is so on a host that outlives a bad night: files, units and live settings, made and undone. */
@NullMarked
package homelab.resource.harden;

import org.jspecify.annotations.NullMarked;

/** What a host is without: k3s, its mounts, interfaces and packet rules, and what homelab wrote. Looked at, and made so. */
@NullMarked
package homelab.resource.reset;

import org.jspecify.annotations.NullMarked;

/** What k3s brings along (Traefik, CoreDNS, local-path, metrics-server): how it is told to be, and how it is. */
@NullMarked
package homelab.resource.bundled;

import org.jspecify.annotations.NullMarked;

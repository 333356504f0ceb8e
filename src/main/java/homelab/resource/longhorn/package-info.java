/** What Longhorn is to be beyond its chart: nodes that are ready, disks, a volume that was tried, a target for backups. */
@NullMarked
package homelab.resource.longhorn;

import org.jspecify.annotations.NullMarked;

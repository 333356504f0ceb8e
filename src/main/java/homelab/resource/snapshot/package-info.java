/** Snapshots of etcd, taken, sealed for the way, deleted, and put back. */
@NullMarked
package homelab.resource.snapshot;

import org.jspecify.annotations.NullMarked;

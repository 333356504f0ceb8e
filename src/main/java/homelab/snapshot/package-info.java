/** Snapshots of etcd: what lies on the servers, what was written down with it, and the sealed file that leaves a node. */
@NullMarked
package homelab.snapshot;

import org.jspecify.annotations.NullMarked;

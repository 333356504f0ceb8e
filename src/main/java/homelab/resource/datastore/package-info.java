/** k3s's data on a server that was alone: from SQLite to etcd. */
@NullMarked
package homelab.resource.datastore;

import org.jspecify.annotations.NullMarked;

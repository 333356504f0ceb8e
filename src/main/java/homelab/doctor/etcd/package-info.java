/** Checks of etcd, where k3s keeps the cluster's state. */
@NullMarked
package homelab.doctor.etcd;

import org.jspecify.annotations.NullMarked;

package homelab.doctor.sto;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.facts.Facts;
import homelab.model.Node;
import homelab.probe.Reading;
import java.util.List;

/** STO-006: no kernel waits for ever for an NFS server; that of a server of the cluster for none at all. */
final class NfsMounts implements Check {

    @Override
    public String id() {
        return "STO-006";
    }

    @Override
    public List<Finding> judge(House house) {
        return house.cluster().nodes().stream().map(node -> judge(house, node)).toList();
    }

    private Finding judge(House house, Node node) {
        String name = node.name().text();
        Reading<Facts.Mounts> mounts = house.fact(node, Facts::mounts);
        if (!(mounts instanceof Reading.Known<Facts.Mounts> known)) {
            return unknown(name, ((Reading.Unknown<Facts.Mounts>) mounts).why());
        }
        List<Facts.NetworkMount> all = known.value().network();
        List<Facts.NetworkMount> hard =
                all.stream().filter(Facts.NetworkMount::hard).toList();
        if (hard.isEmpty()) {
            return all.isEmpty() || !node.isServer()
                    ? pass(name, all.isEmpty() ? "mounts nothing by NFS" : "its NFS mounts give up")
                            .by(told(all))
                    : warn(name, "a server mounts by NFS: what touches it is held up until the mount gives up")
                            .by(told(all))
                            .fix("keep NFS off servers: let the pod run on an agent");
        }
        String what = "its kernel waits for ever for an NFS server that does not answer";
        String fix = "on " + name
                + ": soft,timeo=330,retrans=3 among the options in /etc/fstab or of the volume, sudo umount "
                + hard.get(0).path() + ", and mount it again";
        return (node.isServer() ? fail(name, what + ", and the control plane with it") : warn(name, what))
                .by(told(hard))
                .fix(fix);
    }

    private static List<String> told(List<Facts.NetworkMount> mounts) {
        return mounts.stream()
                .map(mount -> mount.source() + " at " + mount.path() + (mount.hard() ? ", hard" : ", soft"))
                .toList();
    }
}

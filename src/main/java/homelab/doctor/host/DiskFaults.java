package homelab.doctor.host;

import homelab.doctor.Finding;
import homelab.doctor.HostCheck;
import homelab.doctor.House;
import homelab.doctor.host.KernelLog.Repeat;
import homelab.facts.Facts;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Probe;
import homelab.probe.Reading;
import java.util.List;
import java.util.stream.Stream;

/** HOST-010: what k3s lies on can be written, and has not failed. */
final class DiskFaults implements HostCheck<MountTable> {
    private static final long RESETS = 3;

    @Override
    public String id() {
        return "HOST-010";
    }

    @Override
    public Probe<MountTable> probe(Node node) {
        return MountTable.PROBE;
    }

    @Override
    public List<Probe<?>> probes(Cluster cluster, Node node) {
        return List.of(MountTable.PROBE, KernelLog.PROBE, Contained.PROBE);
    }

    @Override
    public Finding judge(House house, Node node, MountTable mounts) {
        String name = node.name().text();
        List<String> readOnly = Stream.concat(Stream.of("/", "/var/lib/rancher"), node.disks().stream())
                .filter(mounts::isReadOnly)
                .toList();
        if (!readOnly.isEmpty()) {
            return fail(name, "cannot write " + String.join(", ", readOnly))
                    .by(readOnly.stream().map(mounts::line).toList())
                    .fix(
                            "look for the cause first: journalctl -k | grep -iE 'ext4|i/o error|mmc|nvme'; then: sudo mount -o "
                                    + "remount,rw " + readOnly.get(0));
        }
        if (Contained.is(house, node)) {
            return pass(name, "what k3s lies on can be written; its machine's disks are not looked at");
        }
        Reading<KernelLog> read = house.reading(node, KernelLog.PROBE);
        return read instanceof Reading.Known<KernelLog> log
                ? log(house, node, log.value())
                : unknown(name, ((Reading.Unknown<KernelLog>) read).why());
    }

    private Finding log(House house, Node node, KernelLog log) {
        String name = node.name().text();
        List<Repeat> broken = log.of(Trouble.FILE_SYSTEM, Trouble.READ_ONLY, Trouble.IO_ERROR);
        List<Repeat> shaky = log.of(Trouble.CARD, Trouble.NVME, Trouble.ISCSI);
        List<Repeat> resets = log.of(Trouble.USB_RESET);
        List<Repeat> told = Stream.of(broken, shaky, KernelLog.count(resets) >= RESETS ? resets : List.<Repeat>of())
                .flatMap(List::stream)
                .toList();
        if (told.isEmpty()) {
            return pass(name, "its disks have not failed");
        }
        boolean ours = broken.stream().anyMatch(one -> one.recent() > 0 && isOurs(house, node, one));
        return (ours
                        ? fail(name, "the disk that k3s or Longhorn lies on fails")
                        : warn(name, "a disk has failed, or its connection was reset"))
                .by(KernelLog.told(told))
                .since(told.get(0).first())
                .fix("copy off what matters, then: sudo smartctl -a /dev/DISK; on a Raspberry Pi mind its power first "
                        + "(homelab doctor explain HOST-011)");
    }

    /** Where a line names no device that is known, it may be any. */
    private static boolean isOurs(House house, Node node, Repeat one) {
        List<Facts.Disk> disks = house.fact(node, Facts::disks).known().orElse(List.of());
        return disks.isEmpty()
                || disks.stream()
                        .map(disk -> disk.device().replaceFirst("^/dev/", ""))
                        .anyMatch(device -> isOn(one.sample(), device));
    }

    /** A line may name the partition (ext4) or the whole disk (I/O errors): sda2 or sda, mmcblk0p2 or mmcblk0. */
    private static boolean isOn(String line, String device) {
        String whole = device.replaceFirst("(?<=\\d)p\\d+$|(?<=[a-z])\\d+$", "");
        return Stream.of(line.split("[^\\w-]+")).anyMatch(word -> word.equals(device) || word.equals(whole));
    }
}

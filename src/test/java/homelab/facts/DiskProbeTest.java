package homelab.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import homelab.facts.Facts.Disk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskProbeTest {

    @Test
    void readsTheFileSystemsAndWhatTheyLieOn() {
        assertThat(DiskProbe.disks(Captures.sections("synthetic-pi-os-12-disks"), java.util.List.of()))
                .containsExactly(
                        new Disk(
                                "/",
                                "/dev/mmcblk0p2",
                                "ext4",
                                "sd-card",
                                30447656L * 1024,
                                23799232L * 1024,
                                1_500_000,
                                true),
                        new Disk(
                                "/var/lib/rancher",
                                "/dev/sda1",
                                "ext4",
                                "usb",
                                480588496L * 1024,
                                443756498L * 1024,
                                Long.MAX_VALUE,
                                false));
    }

    @Test
    void knowsAContainersOverlayFromTheDiskBelowIt() {
        assertThat(DiskProbe.disks(Captures.sections("debian-12-host-disks"), java.util.List.of()))
                .extracting(Disk::medium)
                .containsExactly("overlay", "virtual");
    }

    @Test
    void readsBusyboxsTable() {
        assertThat(DiskProbe.disks(Captures.sections("debian-12-busybox-disks"), java.util.List.of()))
                .extracting(Disk::sizeBytes)
                .containsExactly(264212084L * 1024, 264212084L * 1024);
    }

    @ParameterizedTest
    @CsvSource({
        "ext4, /sys/devices/platform/axi/mmc_host/mmc0/mmc0:0001/block/mmcblk0/mmcblk0p2, 0, MMC, emmc",
        "ext4, /sys/devices/platform/axi/mmc_host/mmc0/mmc0:aaaa/block/mmcblk0/mmcblk0p2, 0, SD, sd-card",
        "ext4, /sys/devices/pci0000:00/0000:01:00.0/nvme/nvme0/nvme0n1/nvme0n1p2, 0, '', nvme",
        "ext4, /sys/devices/pci0000:00/0000:00:14.0/usb2/2-1/2-1:1.0/host0/block/sda/sda1, 1, 0, usb",
        "ext4, /sys/devices/pci0000:00/0000:00:17.0/ata1/host0/block/sda/sda1, 1, 0, hdd",
        "xfs, /sys/devices/pci0000:00/0000:00:17.0/ata1/host0/block/sda/sda1, 0, 0, ssd",
        "ext4, /sys/devices/virtual/block/loop0, 0, '', virtual",
        "tmpfs, '', '', '', memory",
        "nfs4, '', '', '', unknown",
    })
    void tellsTheMediumByTheWayToTheDevice(String fs, String sysfs, String rotational, String card, String medium) {
        assertThat(DiskProbe.medium(fs, sysfs, rotational, card)).isEqualTo(medium);
    }

    @Test
    void aDiskThatDfDidNotAnswerForIsNoDisk() {
        Sections said = Sections.parse("@@homelab /\n\n@@homelab /var/lib/rancher\n");

        assertThatThrownBy(() -> DiskProbe.disks(said, java.util.List.of())).hasMessage("df said nothing of /");
    }
}

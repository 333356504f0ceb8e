package homelab.lab;

import static homelab.lab.Fault.fails;
import static homelab.lab.Fault.warns;

import java.util.List;

/** What only a machine of its own has, on hosts that pass for one. */
final class FaultsOfMachines {
    private FaultsOfMachines() {}

    static List<Fault> all() {
        return List.of(
                fails("HOST-011", "too little voltage")
                        .synthetic("vcgencmd says 0x50005")
                        .on(Lab.AGENT, Pose.power("0x50005"), Pose.power("0x0"))
                        .asMachines(),
                warns("HOST-011", "too little voltage an hour ago")
                        .synthetic("vcgencmd says 0x50000")
                        .on(Lab.AGENT, Pose.power("0x50000"), Pose.power("0x0"))
                        .asMachines(),
                warns("HOST-006", "nothing that keeps the clock")
                        .synthetic("what is stopped is a stand-in for timesyncd")
                        .on(Lab.AGENT, "systemctl stop systemd-timesyncd", "systemctl start systemd-timesyncd")
                        .asMachines(),
                warns("HOST-013", "swap on the SD card")
                        .synthetic("a file over /proc/swaps")
                        .on(Lab.AGENT, """
                                { cat /proc/swaps; echo '/dev/mmcblk0p3 partition 524284 102400 -2'; } >/run/swaps
                                mount --bind /run/swaps /proc/swaps
                                """, "umount /proc/swaps")
                        .asMachines());
    }
}

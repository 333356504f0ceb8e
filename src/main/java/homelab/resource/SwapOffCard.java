package homelab.resource;

import homelab.probe.Probe;
import homelab.probe.Readings;
import java.util.List;

/**
 * The swap policy: no swap file on an SD card, where it wears the card out and stalls everything that waits for it. Only
 * Raspberry Pi OS's own (dphys-swapfile) is switched off; zram and what somebody set up elsewhere stays, since k3s runs
 * its kubelet with swap allowed.
 */
public record SwapOffCard() implements Resource {
    /** The file and its device, when it is dphys-swapfile's and in use. */
    private static final Probe<String> ON_CARD = Probe.text("swap on a card", """
            while read -r file kind rest; do
              [ "$kind" = file ] && systemctl cat dphys-swapfile >/dev/null 2>&1 || continue
              device=$(findmnt -no SOURCE -T "$file")
              case $device in /dev/mmcblk*) echo "$file on $device" ;; esac
            done </proc/swaps
            """);

    @Override
    public String id() {
        return "swap";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(ON_CARD, Container.PROBE);
    }

    @Override
    public Status status(Readings readings) {
        if (readings.of(Container.PROBE).known().orElse(false)) {
            return new Status.NotHere("a container has its machine's swap");
        }
        return Status.of(
                readings.of(ON_CARD),
                file -> file.isEmpty()
                        ? Status.SAME
                        : Status.drift(Worst.DELETE, "swap file " + file, "in use", "off and deleted"));
    }

    @Override
    public Deed deed() {
        return Deed.Shell.of("set -eu\nsystemctl disable -q --now dphys-swapfile\ndphys-swapfile uninstall\n");
    }
}

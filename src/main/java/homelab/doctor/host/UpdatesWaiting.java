package homelab.doctor.host;

import homelab.facts.Sections;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Updates that a boot brings into effect.
 *
 * @param why one line each
 * @param begins since when, of those whose time is known
 */
public record UpdatesWaiting(List<String> why, List<Instant> begins) {
    /** Folders of kernels that were removed keep files that a package did not bring; modules.dep says that one is whole. */
    static final Probe<Sections> PROBE = Sections.probe("doctor:reboot", Duration.ofSeconds(10), """
            section running; uname -r
            section required
            if [ -e /run/reboot-required ]; then
              stat -c %Y /run/reboot-required
              [ ! -r /run/reboot-required.pkgs ] || sort -u /run/reboot-required.pkgs | head -n 20
            fi
            section kernels
            for d in /lib/modules/*/; do
              [ -e "$d/modules.dep" ] || continue
              n=${d%/}; echo "$(stat -c %Y "$d/modules.dep") ${n##*/}"
            done
            :
            """);

    public UpdatesWaiting {
        why = List.copyOf(why);
        begins = List.copyOf(begins);
    }

    /** To be asked on the host. */
    public static List<Probe<?>> probes() {
        return List.of(PROBE, Contained.PROBE);
    }

    /** Why a host is to be booted, one line each; not known where it could not be asked. */
    public static Reading<List<String>> why(Readings readings) {
        return readings.of(PROBE) instanceof Reading.Unknown<Sections> unknown
                ? new Reading.Unknown<>(unknown.why())
                : new Reading.Known<>(read(readings).why());
    }

    /** None where it could not be asked. */
    public static UpdatesWaiting read(Readings readings) {
        boolean contained = readings.of(Contained.PROBE).known().orElse(false);
        return readings.of(PROBE)
                .known()
                .map(seen -> of(seen, contained))
                .orElseGet(() -> new UpdatesWaiting(List.of(), List.of()));
    }

    /** @param contained whether the kernel is that of the host's own machine */
    static UpdatesWaiting of(Sections seen, boolean contained) {
        List<String> why = new ArrayList<>();
        List<Instant> begins = new ArrayList<>();
        List<String> required = seen.lines("required");
        if (!required.isEmpty()) {
            Words.instant(required.get(0)).ifPresent(begins::add);
            why.add("/run/reboot-required: "
                    + String.join(" ", required.subList(1, required.size())).strip());
        }
        if (!contained) {
            kernel(seen, why, begins);
        }
        return new UpdatesWaiting(why, begins);
    }

    private static void kernel(Sections seen, List<String> why, List<Instant> begins) {
        KernelVersion running = KernelVersion.parse(seen.text("running"));
        List<String[]> there =
                seen.lines("kernels").stream().map(line -> line.split(" ", 2)).toList();
        for (String[] kernel : there) {
            if (kernel.length == 2 && KernelVersion.parse(kernel[1]).replaces(running)) {
                Words.instant(kernel[0]).ifPresent(begins::add);
                why.add("kernel " + running.text() + " runs, " + kernel[1].strip() + " is installed");
            }
        }
        boolean gone = there.stream()
                .noneMatch(kernel -> kernel.length == 2 && kernel[1].strip().equals(running.text()));
        if (!there.isEmpty() && gone) {
            why.add("the modules of the running kernel " + running.text() + " are gone from /lib/modules");
        }
    }
}

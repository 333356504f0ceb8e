package homelab.doctor.host;

import homelab.doctor.Finding;
import homelab.doctor.HostCheck;
import homelab.doctor.House;
import homelab.facts.Sections;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** HOST-003: no update waits for a reboot, above all no kernel. */
final class RebootPending implements HostCheck<Sections> {
    private static final Duration FAIL = Duration.ofDays(30);

    /** Folders of kernels that were removed keep files that a package did not bring; modules.dep says that one is whole. */
    private static final Probe<Sections> PROBE = Sections.probe("doctor:reboot", Duration.ofSeconds(10), """
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

    @Override
    public String id() {
        return "HOST-003";
    }

    @Override
    public Probe<Sections> probe(Node node) {
        return PROBE;
    }

    @Override
    public List<Probe<?>> probes(Cluster cluster, Node node) {
        return List.of(PROBE, Contained.PROBE);
    }

    @Override
    public Finding judge(House house, Node node, Sections seen) {
        List<String> why = new ArrayList<>();
        List<Instant> begins = new ArrayList<>();
        List<String> required = seen.lines("required");
        if (!required.isEmpty()) {
            Words.instant(required.get(0)).ifPresent(begins::add);
            why.add("/run/reboot-required: "
                    + String.join(" ", required.subList(1, required.size())).strip());
        }
        if (!Contained.is(house, node)) {
            kernel(seen, why, begins);
        }
        return told(house, node.name().text(), why, begins.stream().min(Instant::compareTo));
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

    private Finding told(House house, String node, List<String> why, Optional<Instant> begin) {
        if (why.isEmpty()) {
            return pass(node, "no update waits for a reboot");
        }
        boolean old =
                begin.isPresent() && Duration.between(begin.get(), house.now()).compareTo(FAIL) > 0;
        Finding finding = (old
                        ? fail(node, "updates wait for a reboot since more than 30 days")
                        : warn(node, "updates wait for a reboot"))
                .by(why)
                .fix("kubectl drain " + node + " --ignore-daemonsets --delete-emptydir-data; on it: sudo reboot; then: "
                        + "kubectl uncordon " + node);
        return begin.map(finding::since).orElse(finding);
    }
}

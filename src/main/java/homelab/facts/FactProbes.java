package homelab.facts;

import static homelab.facts.Sections.combine;
import static homelab.facts.Sections.part;

import homelab.model.Node;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How to look for facts, and what the answers mean. */
public final class FactProbes {
    /**
     * One for all, since probes with the same limit share a process that watches over them. Time enough to read k3s's
     * program, 100 MB, from a slow card.
     */
    static final Duration LIMIT = Duration.ofSeconds(15);

    private FactProbes() {}

    /** All looks that facts of a node are made of; they are the same on every node. */
    public static List<Probe<?>> all(Node node) {
        return List.of(
                ClockProbe.PROBE,
                SystemProbe.PROBE,
                NetworkProbe.PROBE,
                NetworkProbe.LISTENERS,
                DiskProbe.of(node.disks()),
                UnitProbe.PROBE,
                K3sProbe.PROBE);
    }

    /** @param trip when the readings were asked for and had arrived, by our clock */
    public static Facts read(Node node, Readings readings, RoundTrip trip) {
        Reading<Sections> system = readings.of(SystemProbe.PROBE);
        Reading<Sections> network = readings.of(NetworkProbe.PROBE);
        Reading<Sections> units = readings.of(UnitProbe.PROBE);
        Reading<Instant> clock = readings.of(ClockProbe.PROBE);
        return new Facts(
                part(system, SystemProbe::hostname),
                part(system, said -> SystemProbe.needed(said, "machine-id")),
                part(system, said -> SystemProbe.needed(said, "boot-id")),
                part(system, SystemProbe::os),
                part(system, said -> SystemProbe.needed(said, "init")),
                part(system, SystemProbe::kernel),
                part(system, SystemProbe::arch),
                part(system, said -> SystemProbe.needed(said, "userland")),
                part(system, said -> said.text("model")),
                part(system, SystemProbe::cpus),
                part(system, SystemProbe::memoryBytes),
                part(readings.of(DiskProbe.of(node.disks())), said -> DiskProbe.disks(said, node.disks())),
                part(system, SystemProbe::cgroupControllers),
                part(system, said -> SystemProbe.needed(said, "cmdline")),
                part(system, said -> said.text("cmdline-file")),
                part(system, SystemFiles::modules),
                part(system, SystemFiles::swap),
                combine(units, clock, UnitProbe::time),
                clock.map(host -> ClockProbe.skew(host, trip)),
                part(network, NetworkProbe::nics),
                combine(system, units, UnitProbe::firewall),
                part(system, SystemFiles::dns),
                combine(readings.of(K3sProbe.PROBE), units, K3sProbe::state),
                part(system, said -> said.lines("runtimes")),
                part(system, SystemFiles::packagesLocked),
                part(system, SystemFiles::packagesInterrupted),
                part(readings.of(NetworkProbe.LISTENERS), NetworkProbe::listeners),
                part(system, SystemFiles::mounts),
                part(system, SystemFiles::initiator),
                part(system, KernelParts::cgroupVersion),
                part(system, KernelParts::drivers),
                part(system, KernelParts::iptables),
                part(system, KernelParts::newest),
                part(system, KernelParts::container));
    }
}

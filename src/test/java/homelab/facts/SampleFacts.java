package homelab.facts;

import homelab.facts.Facts.Disk;
import homelab.facts.Facts.Dns;
import homelab.facts.Facts.Firewall;
import homelab.facts.Facts.Nic;
import homelab.facts.Facts.Os;
import homelab.facts.Facts.Time;
import homelab.probe.Reading;
import homelab.probe.Reading.Known;
import homelab.probe.Reading.Unknown;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Facts for tests: a healthy fresh Raspberry Pi 5, changed part by part. */
public final class SampleFacts {
    private static final long GIB = 1L << 30;

    private final Map<String, Reading<?>> parts = new LinkedHashMap<>();

    private SampleFacts() {}

    /** A Pi on which nothing of ours is installed; what must be unique is made from the name. */
    public static SampleFacts fresh(String hostname, String address) {
        return new SampleFacts()
                .with("hostname", hostname)
                .with("machineId", String.format("%032x", hostname.hashCode() & 0xffffffffL))
                .with("bootId", "0f2c6a1e-0000-4000-8000-" + String.format("%012x", hostname.hashCode() & 0xffffffffL))
                .with("os", new Os("debian", "12", "Debian GNU/Linux 12 (bookworm)"))
                .with("init", "systemd")
                .with("kernel", "6.6.51+rpt-rpi-2712")
                .with("arch", "aarch64")
                .with("userland", "arm64")
                .with("model", "Raspberry Pi 5 Model B Rev 1.0")
                .with("cpus", 4)
                .with("memoryBytes", 8 * GIB)
                .with("disks", List.of(disk("/", "nvme"), disk("/var/lib/rancher", "nvme")))
                .with("cgroupControllers", Set.of("cpuset", "cpu", "io", "memory", "pids"))
                .with("cmdline", "console=tty1 root=PARTUUID=1-02 rootwait cgroup_enable=memory")
                .with("cmdlineFile", "/boot/firmware/cmdline.txt")
                .with("modules", Set.of("overlay", "br_netfilter", "vxlan"))
                .with("swap", List.of())
                .with("time", new Time(true, "systemd-timesyncd", Instant.parse("2026-01-01T00:00:00Z")))
                .with("clock", 0L)
                .with("nics", List.of(nic("eth0", address + "/24", true)))
                .with("firewall", new Firewall("none", false))
                .with("dns", new Dns(List.of("10.0.1.1"), List.of()))
                .with("k3s", noK3s())
                .with("otherRuntimes", List.of())
                .with("packagesLocked", false)
                .with("packagesInterrupted", false)
                .with("listeners", List.of())
                .with("mounts", new Facts.Mounts(true, List.of()))
                .with("initiator", "")
                .with("cgroupVersion", 2)
                .with("drivers", new Facts.Drivers(true, Set.of()))
                .with("iptables", "1.8.9")
                .with("newest", Instant.parse("2025-12-31T00:00:00Z"))
                .with("container", false);
    }

    /** @param part the name of a component of {@link Facts}; its value, or a Reading as it is */
    public SampleFacts with(String part, Object value) {
        parts.put(part, value instanceof Reading<?> reading ? reading : new Known<>(value));
        return this;
    }

    public SampleFacts unknown(String part) {
        return with(part, new Unknown<>("timed out after 10 s"));
    }

    public Facts build() {
        RecordComponent[] components = Facts.class.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = parts.get(components[i].getName());
        }
        if (parts.size() != components.length) {
            throw new IllegalStateException("no such part among " + parts.keySet());
        }
        try {
            return Facts.class.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    public static Disk disk(String path, String medium) {
        return disk(path, "/dev/nvme0n1p2", "ext4", medium, 100 * GIB, 80 * GIB);
    }

    /** One that takes files, and many of them. */
    public static Disk disk(String path, String device, String type, String medium, long sizeBytes, long freeBytes) {
        return new Disk(path, device, type, medium, sizeBytes, freeBytes, 6_000_000, true);
    }

    public static Nic nic(String name, String cidr, boolean defaultRoute) {
        return new Nic(name, "d8:3a:dd:00:00:01", true, List.of(cidr), List.of(), defaultRoute, 1500, false);
    }

    public static K3sState noK3s() {
        Optional<String> none = Optional.empty();
        return SampleK3s.none().state();
    }

    /** A server that answers. */
    public static K3sState server(String ca, String datastore) {
        return running("k3s", ca, Optional.of("70ce".repeat(16)), datastore, true);
    }

    public static K3sState agent(String ca) {
        return running("k3s-agent", ca, Optional.empty(), "none", false);
    }

    private static K3sState running(
            String unit, String ca, Optional<String> token, String datastore, boolean apiReady) {
        SampleK3s k3s = SampleK3s.running(unit)
                .ca(ca)
                .datastore(datastore)
                .apiReady(apiReady)
                .pods("10.42.0.0/24");
        token.ifPresent(k3s::token);
        return k3s.state();
    }
}

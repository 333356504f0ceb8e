package homelab.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import homelab.model.Access;
import homelab.model.Ip;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.model.Role;
import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FactProbesTest {
    private static final Node NODE = new Node(
            new NodeName("jarvis"),
            Role.SERVER,
            new Access.Local(),
            Ip.parse("10.0.1.10"),
            false,
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty());
    private static final RoundTrip NOW = new RoundTrip(Instant.now(), Instant.now());

    @Test
    void readsThisVeryMachine() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/sys/kernel")), "this machine does not run Linux");
        Facts facts = FactProbes.read(NODE, Sh.readings(FactProbes.all(NODE), List.of("sh")), NOW);

        Path kernel = Path.of("/proc/sys/kernel");
        assertThat(facts.hostname())
                .isEqualTo(known(Files.readString(kernel.resolve("hostname")).strip()));
        assertThat(facts.kernel())
                .isEqualTo(known(Files.readString(kernel.resolve("osrelease")).strip()));
        assertThat(facts.bootId())
                .isEqualTo(
                        known(Files.readString(kernel.resolve("random/boot_id")).strip()));
        assertThat(facts.cmdline())
                .isEqualTo(known(Files.readString(Path.of("/proc/cmdline")).strip()));
        assertThat(facts.memoryBytes().known())
                .hasValueSatisfying(bytes -> assertThat(bytes).isGreaterThan(1 << 28));
        assertThat(facts.clock().known())
                .hasValueSatisfying(skew -> assertThat(skew).isBetween(-60_000L, 60_000L));
        assertThat(facts.disks().known())
                .hasValueSatisfying(disks -> assertThat(disks).hasSize(2));
    }

    /** Systems with little in them (a rescue system, a container) bring busybox's shell and no other. */
    @Test
    void readsInBusyboxsShellToo() {
        assumeTrue(Files.isExecutable(Path.of("/bin/busybox")), "no /bin/busybox on this machine");
        Facts usual = FactProbes.read(NODE, Sh.readings(FactProbes.all(NODE), List.of("sh")), NOW);
        Facts facts = FactProbes.read(NODE, Sh.readings(FactProbes.all(NODE), busybox()), NOW);

        assertThat(facts.hostname()).isEqualTo(usual.hostname());
        assertThat(facts.os()).isEqualTo(usual.os());
        assertThat(facts.memoryBytes()).isEqualTo(usual.memoryBytes());
        assertThat(facts.cgroupControllers()).isEqualTo(usual.cgroupControllers());
        assertThat(facts.disks().known()).isPresent();
    }

    private static List<String> busybox() {
        return List.of("/bin/busybox", "sh");
    }

    @Test
    void aLostProbeIsUnknownForItsOwnPartsAlone() {
        for (Probe<?> lost : FactProbes.all(NODE)) {
            Facts facts = FactProbes.read(NODE, without(lost), NOW);

            assertThat(unknown(facts)).as(lost.id()).containsExactlyInAnyOrderElementsOf(needing(lost.id()));
        }
    }

    private static List<String> needing(String probe) {
        return switch (probe) {
            case "facts:clock" -> List.of("time", "clock");
            case "facts:network" -> List.of("nics");
            case "facts:listeners" -> List.of("listeners");
            case "facts:disks" -> List.of("disks");
            case "facts:units" -> List.of("time", "firewall", "k3s");
            case "facts:k3s" -> List.of("k3s");
            default ->
                List.of(
                        "hostname",
                        "machineId",
                        "bootId",
                        "os",
                        "init",
                        "kernel",
                        "arch",
                        "userland",
                        "model",
                        "cpus",
                        "memoryBytes",
                        "cgroupControllers",
                        "cmdline",
                        "cmdlineFile",
                        "modules",
                        "swap",
                        "firewall",
                        "dns",
                        "otherRuntimes",
                        "packagesLocked",
                        "packagesInterrupted",
                        "mounts",
                        "initiator",
                        "cgroupVersion",
                        "drivers",
                        "iptables",
                        "newest",
                        "container");
        };
    }

    @Test
    void aScriptThatBrokeOffLosesWhatItDidNotSay() {
        Probe<?> system = FactProbes.all(NODE).stream()
                .filter(probe -> probe.id().equals("facts:system"))
                .findFirst()
                .orElseThrow();
        String whole = Captures.text("debian-12-host-system");
        byte[] half = whole.substring(0, whole.indexOf("@@homelab memory")).getBytes();

        Facts facts =
                FactProbes.read(NODE, new Readings(Map.of(system.id(), new Reading.Known<>(parse(system, half)))), NOW);

        assertThat(facts.hostname()).isEqualTo(known("jarvis"));
        assertThat(facts.memoryBytes()).isEqualTo(new Reading.Unknown<>("the host did not say its memory"));
    }

    private static Object parse(Probe<?> probe, byte[] out) {
        return probe.parser().apply(new Answer(0, out, false));
    }

    private static Readings without(Probe<?> lost) {
        Map<String, Reading<?>> all = new HashMap<>();
        for (Probe<?> probe : FactProbes.all(NODE)) {
            String name = "debian-12-host-" + probe.id().substring("facts:".length());
            all.put(
                    probe.id(),
                    new Reading.Known<>(parse(probe, Captures.text(name).getBytes())));
        }
        all.put(lost.id(), new Reading.Unknown<>("timed out after 10 s"));
        return new Readings(all);
    }

    private static List<String> unknown(Facts facts) {
        List<String> names = new ArrayList<>();
        for (RecordComponent part : Facts.class.getRecordComponents()) {
            try {
                if (part.getAccessor().invoke(facts) instanceof Reading.Unknown<?>) {
                    names.add(part.getName());
                }
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
        return names;
    }

    private static <T> Reading<T> known(T value) {
        return new Reading.Known<>(value);
    }
}

package homelab.doctor.host;

import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.host.KernelLog.Repeat;
import homelab.facts.Sections;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** HOST-011: a Raspberry Pi gets enough power, and stays cool. */
final class Power implements MachineCheck<Sections> {
    private static final long WARM = 80_000;
    private static final long HOT = 85_000;
    /** Of the firmware's get_throttled: too little voltage, clock capped, throttled, at the soft limit of temperature. */
    private static final long NOW = 0xf;

    private static final long BEFORE = NOW << 16;

    private static final Probe<Sections> PROBE = Sections.probe("doctor:power", Duration.ofSeconds(10), """
            section model
            for f in /proc/device-tree/model /sys/firmware/devicetree/base/model; do
              if [ -r "$f" ]; then tr -d '\\000' <"$f"; echo; break; fi
            done
            section throttled
            t=/sys/devices/platform/soc/soc:firmware/get_throttled
            if [ -r "$t" ]; then echo "0x$(cat "$t")"
            elif command -v vcgencmd >/dev/null; then timeout 3 vcgencmd get_throttled; fi
            section alarm
            for h in /sys/class/hwmon/hwmon*; do
              [ "$(cat "$h/name" 2>/dev/null)" != rpi_volt ] || first "$h/in0_lcrit_alarm"
            done
            section temperature; first /sys/class/thermal/thermal_zone0/temp
            :
            """);

    @Override
    public String id() {
        return "HOST-011";
    }

    @Override
    public Probe<Sections> probe(Node node) {
        return PROBE;
    }

    @Override
    public List<Probe<?>> probes(Cluster cluster, Node node) {
        return List.of(PROBE, KernelLog.PROBE, Contained.PROBE);
    }

    @Override
    public String whose() {
        return "hardware";
    }

    @Override
    public Finding judgeMachine(House house, Node node, Sections seen) {
        String name = node.name().text();
        if (!seen.text("model").contains("Raspberry Pi")) {
            return absent(name, "no Raspberry Pi");
        }
        OptionalLong bits = bits(seen.text("throttled"));
        OptionalLong heat = Words.number(seen.text("temperature"));
        List<Repeat> low = house.reading(node, KernelLog.PROBE)
                .known()
                .map(log -> log.of(Trouble.POWER).stream().filter(Repeat::now).toList())
                .orElse(List.of());
        if (bits.isEmpty() && seen.text("alarm").isEmpty() && heat.isEmpty() && low.isEmpty()) {
            return unknown(name, "neither the firmware nor the kernel tells of power and heat");
        }
        return judge(name, new Seen(bits.orElse(0), seen.text("alarm").equals("1"), heat.orElse(0), low));
    }

    /** @param bits the firmware's; @param heat in thousandths of a degree; @param low the kernel's lines */
    private record Seen(long bits, boolean alarm, long heat, List<Repeat> low) {
        List<String> told() {
            List<String> told = new ArrayList<>();
            told.add(String.format(Locale.ROOT, "get_throttled 0x%x, %.1f °C", bits, heat / 1000.0));
            told.addAll(KernelLog.told(low));
            return told;
        }
    }

    private Finding judge(String name, Seen seen) {
        String supply = "take the board maker's own power supply and a short cable";
        if (seen.alarm() || (seen.bits() & 1) != 0) {
            return fail(name, "gets too little voltage now").by(seen.told()).fix(supply);
        }
        if (seen.heat() > HOT || (seen.bits() & NOW) != 0) {
            return fail(name, "is slowed down now").by(seen.told()).fix("cool it: a fan, or air around it");
        }
        if ((seen.bits() & BEFORE) != 0 || !seen.low().isEmpty()) {
            Finding was = warn(name, "got too little voltage or too hot since it started")
                    .by(seen.told())
                    .fix(supply);
            return seen.low().isEmpty() ? was : was.since(seen.low().get(0).first());
        }
        return seen.heat() > WARM
                ? warn(name, "is hot").by(seen.told()).fix("cool it: a fan, or air around it")
                : pass(name, "has power enough, and is cool").by(seen.told());
    }

    /** {@code throttled=0x50000}, or the number alone. */
    private static OptionalLong bits(String text) {
        String hex = text.strip().replaceFirst("^(throttled=)?0x", "");
        return hex.matches("[0-9a-fA-F]{1,15}") ? OptionalLong.of(Long.parseLong(hex, 16)) : OptionalLong.empty();
    }
}

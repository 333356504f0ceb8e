package homelab.doctor.host;

import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Verdict;
import homelab.facts.Facts;
import homelab.facts.Sections;
import homelab.model.Node;
import homelab.probe.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HOST-013: processors, memory and disks keep up with what runs. */
final class Pressure implements MachineCheck<Sections> {
    private static final Probe<Sections> PROBE = Sections.probe("doctor:pressure", Duration.ofSeconds(10), """
            section load; first /proc/loadavg
            section cpus; grep -c '^processor' /proc/cpuinfo
            section memory; grep -E '^(MemTotal|MemAvailable):' /proc/meminfo
            section swap; file /proc/swaps
            section stalled-memory; file /proc/pressure/memory
            section stalled-io; file /proc/pressure/io
            :
            """);

    private static final Pattern FULL = Pattern.compile("(?m)^full .*avg300=([0-9.]{1,20})");

    @Override
    public String id() {
        return "HOST-013";
    }

    @Override
    public Probe<Sections> probe(Node node) {
        return PROBE;
    }

    @Override
    public String whose() {
        return "load";
    }

    @Override
    public Finding judgeMachine(House house, Node node, Sections seen) {
        List<Gauge> gauges = new ArrayList<>();
        String[] load = seen.text("load").split(" ");
        double cpus = Words.decimal(seen.text("cpus")).orElse(1);
        OptionalDouble quarter = load.length > 2 ? Words.decimal(load[2]) : OptionalDouble.empty();
        quarter.ifPresent(
                value -> gauges.add(new Gauge("load of 15 min by processor", value / Math.max(1, cpus), 1, 2)));
        free(seen.text("memory")).ifPresent(used -> gauges.add(new Gauge("memory in use, %", used, 85, 92)));
        full(seen.text("stalled-memory"))
                .ifPresent(value -> gauges.add(new Gauge("time all wait for memory, % of 5 min", value, 1, 5)));
        full(seen.text("stalled-io"))
                .ifPresent(value -> gauges.add(new Gauge("time all wait for disks, % of 5 min", value, 10, 101)));
        return judge(house, node, gauges, seen.lines("swap"));
    }

    /** @param value more is worse */
    private record Gauge(String name, double value, double warn, double fail) {
        Verdict verdict() {
            return value > fail ? Verdict.FAIL : value > warn ? Verdict.WARN : Verdict.PASS;
        }

        String told() {
            return String.format(Locale.ROOT, "%s: %.1f (warns above %.0f)", name, value, warn);
        }
    }

    private Finding judge(House house, Node node, List<Gauge> gauges, List<String> swap) {
        String name = node.name().text();
        if (gauges.isEmpty()) {
            return unknown(name, "the kernel tells neither its load nor its memory");
        }
        Gauge worst = gauges.stream()
                .min((one, other) -> one.verdict().compareTo(other.verdict()))
                .orElseThrow();
        List<String> told = new ArrayList<>(gauges.stream().map(Gauge::told).toList());
        swap.stream().skip(1).forEach(line -> told.add("swap: " + line.replaceAll("\\s+", " ")));
        String top = "kubectl top pods -A --sort-by=memory; homelab doctor explain HOST-013";
        return switch (worst.verdict()) {
            case FAIL -> fail(name, "cannot keep up: " + worst.name()).by(told).fix(top);
            case WARN ->
                warn(name, "is near its limits: " + worst.name()).by(told).fix(top);
            default ->
                swapsOnCard(house, node, swap)
                        ? warn(name, "swaps to its SD card, which slows it down and wears it out")
                                .by(told)
                                .fix("homelab bootstrap --only host --node " + name)
                        : pass(name, "keeps up with what runs").by(told);
        };
    }

    /** A file lies on the root; zram and other disks are somebody's own decision. */
    private static boolean swapsOnCard(House house, Node node, List<String> swap) {
        boolean card = house.fact(node, Facts::disks).known().orElse(List.of()).stream()
                .anyMatch(disk -> disk.path().equals("/") && disk.medium().equals("sd-card"));
        return swap.stream()
                .skip(1)
                .anyMatch(line -> line.startsWith("/dev/mmcblk") || card && line.matches("\\S+\\s+file\\s.*"));
    }

    private static OptionalDouble free(String memory) {
        OptionalDouble total = kib(memory, "MemTotal");
        OptionalDouble free = kib(memory, "MemAvailable");
        return total.isEmpty() || free.isEmpty() || total.getAsDouble() <= 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(100 - 100 * free.getAsDouble() / total.getAsDouble());
    }

    private static OptionalDouble kib(String memory, String key) {
        Matcher line = Pattern.compile("(?m)^" + key + ":\\s+(\\d{1,15}) kB").matcher(memory);
        return line.find() ? Words.decimal(line.group(1)) : OptionalDouble.empty();
    }

    private static OptionalDouble full(String pressure) {
        Matcher line = FULL.matcher(pressure);
        return line.find() ? Words.decimal(line.group(1)) : OptionalDouble.empty();
    }
}

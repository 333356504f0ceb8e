package homelab.report;

import homelab.doctor.net.Door;
import homelab.doctor.net.Reachability;
import homelab.model.NodeName;
import homelab.probe.Reading;
import homelab.resource.UfwLook;
import homelab.resource.UfwRule;
import homelab.resource.UfwSeen;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The firewall of hosts, and who reaches what, for people. */
public final class FirewallText {
    private final Terminal terminal;

    public FirewallText(Terminal terminal) {
        this.terminal = terminal;
    }

    public String of(Map<NodeName, UfwSeen> seen, Reachability reached) {
        StringBuilder text = new StringBuilder();
        seen.forEach((node, host) -> text.append(terminal.bold(node.text()))
                .append('\n')
                .append(state(host.state()))
                .append(lines(host.rules(), UfwRule::text))
                .append(lines(host.beside(), line -> "note: " + line)));
        Table table = new Table(terminal, "FROM", "TO", "PORT", "MEASURED");
        reached.ways()
                .forEach(way -> table.row(List.of(
                        way.door().from(), way.door().to(), way.door().text(), word(Optional.of(way.state())))));
        return text + table.text();
    }

    private static String state(Reading<UfwLook.State> reading) {
        if (!(reading instanceof Reading.Known<UfwLook.State> known)) {
            return "  could not be looked at: " + Safe.line(((Reading.Unknown<UfwLook.State>) reading).why()) + "\n";
        }
        UfwLook.State state = known.value();
        return state.incoming().equals("absent")
                ? "  UFW is not installed\n"
                : "  UFW is " + on(state.loaded()) + ", at boot " + on(state.atBoot()) + "; incoming "
                        + state.incoming() + ", outgoing " + state.outgoing() + ", routed " + state.routed() + "\n";
    }

    private static String on(boolean on) {
        return on ? "on" : "off";
    }

    private static <T> String lines(Reading<List<T>> reading, java.util.function.Function<T, String> told) {
        if (!(reading instanceof Reading.Known<List<T>> known)) {
            return "  could not be looked at: " + Safe.line(((Reading.Unknown<List<T>>) reading).why()) + "\n";
        }
        StringBuilder text = new StringBuilder();
        known.value()
                .forEach(one ->
                        text.append("  ").append(Safe.line(told.apply(one))).append('\n'));
        return text.toString();
    }

    /** Each door with what it was and what it is. */
    public String compared(Reachability before, Reachability after) {
        Table table = new Table(terminal, "FROM", "TO", "PORT", "BEFORE", "AFTER");
        after.ways().forEach(way -> {
            Door door = way.door();
            table.row(List.of(
                    door.from(), door.to(), door.text(), word(before.at(door)), word(Optional.of(way.state()))));
        });
        return table.text();
    }

    static String word(Optional<Reachability.State> state) {
        return state.map(known -> switch (known) {
                    case OPEN -> "open";
                    case CLOSED -> "nobody listens";
                    case SILENT -> "no answer";
                })
                .orElse("not asked");
    }
}

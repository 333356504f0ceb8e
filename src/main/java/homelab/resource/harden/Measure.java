package homelab.resource.harden;

import homelab.model.HardenItem;
import java.util.List;
import java.util.stream.Stream;

/**
 * How an item is done on a host, and how it is undone.
 *
 * @param unless sh that prints why it is not for this host, or nothing
 * @param apply sh that puts it into effect once its files are written
 * @param undo sh that takes it out of effect once they are gone
 * @param traces paths of what it keeps on the host; they go with it
 */
public record Measure(
        HardenItem item, List<Part> parts, String unless, String apply, String undo, List<String> traces) {

    public Measure {
        parts = List.copyOf(parts);
        traces = List.copyOf(traces);
    }

    /** One that is for every host and in effect as soon as systemd has read its files. */
    public static Measure of(HardenItem item, Part... parts) {
        return new Measure(item, List.of(parts), "", "", "", List.of());
    }

    public Measure unless(String shell) {
        return new Measure(item, parts, shell, apply, undo, traces);
    }

    public Measure effect(String onApply, String onUndo) {
        return new Measure(item, parts, unless, onApply, onUndo, traces);
    }

    public Measure keeping(String... paths) {
        return new Measure(item, parts, unless, apply, undo, List.of(paths));
    }

    Stream<Part.Text> files() {
        return parts.stream().filter(Part.Text.class::isInstance).map(Part.Text.class::cast);
    }

    Stream<Part.Unit> units() {
        return parts.stream().filter(Part.Unit.class::isInstance).map(Part.Unit.class::cast);
    }

    Stream<Part.Live> live() {
        return parts.stream().filter(Part.Live.class::isInstance).map(Part.Live.class::cast);
    }

    /** The beginning of a deed. */
    String mark() {
        return "set -eu\nmkdir -p /run/homelab\n: >" + untold() + "\n";
    }

    /** systemd reads its units anew, where there are any among the files: on a Pi that takes half a second. */
    String reload() {
        return files().anyMatch(file -> file.path().startsWith("/etc/systemd/system/"))
                ? "systemctl daemon-reload\n"
                : "";
    }

    /** That something was written and not put into effect yet; gone after a boot, which does that too. */
    String untold() {
        return "/run/homelab/untold-" + item.word();
    }
}

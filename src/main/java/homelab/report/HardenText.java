package homelab.report;

import homelab.model.HardenItem;
import homelab.model.Hardening;
import java.util.List;

/** Items of hardening: one a line, or each with all that is known of it. */
public final class HardenText {
    private final Terminal terminal;

    public HardenText(Terminal terminal) {
        this.terminal = terminal;
    }

    /** @param whole whether why and from where are told too */
    public String of(List<HardenItem> items, Hardening wanted, boolean whole) {
        if (whole) {
            StringBuilder text = new StringBuilder();
            items.forEach(item -> text.append(whole(item, wanted)));
            return text.toString();
        }
        Table table = new Table(terminal, "ITEM", "WANTED", "WHAT");
        items.forEach(item -> table.row(List.of(item.word(), wanted(item, wanted), item.what())));
        return table.text();
    }

    private static String wanted(HardenItem item, Hardening wanted) {
        return wanted.wants(item) ? wanted.bootstrap() ? "yes" : "by harden" : "no";
    }

    private String whole(HardenItem item, Hardening wanted) {
        String usual = item.usual() ? "on unless the inventory says otherwise" : "off unless the inventory wants it";
        return terminal.bold(item.word()) + "\n"
                + line("what", item.what())
                + line("why", item.why())
                + line("source", item.source())
                + line("wanted", wanted(item, wanted) + "; it is " + usual)
                + line("undo", "homelab harden undo " + item.word());
    }

    private static String line(String name, String text) {
        return "    " + name + " ".repeat(8 - name.length()) + text + "\n";
    }
}

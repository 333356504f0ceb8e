package homelab.report;

import java.util.List;

/** Add-ons, one a line, with how they stand. */
public final class AddonsText {
    private final Terminal terminal;

    public AddonsText(Terminal terminal) {
        this.terminal = terminal;
    }

    public String of(List<Listed> addons) {
        Table table = new Table(terminal, "NAME", "NAMESPACE", "CHART", "STATE");
        addons.forEach(one -> table.row(List.of(one.name(), one.namespace(), one.what(), one.state())));
        return addons.isEmpty() ? "the inventory names no add-ons\n" : table.text();
    }
}

package homelab.command;

import homelab.inventory.InventoryReader;
import homelab.model.K3sVersion;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Place;
import homelab.problem.Problem;
import java.nio.file.Path;

/** The one line of an inventory that says which release of k3s it wants. */
record VersionLine(Path inventory, Place place) {

    /**
     * @param word what was typed in its stead
     * @throws Failure with exit USAGE when there is no such line
     */
    static VersionLine of(Path inventory, String word) {
        return InventoryReader.whereIsVersion(inventory)
                .map(place -> new VersionLine(inventory, place))
                .orElseThrow(() -> new Failure(
                        Exit.USAGE,
                        Problem.of(
                                inventory + " does not say which release of k3s it wants",
                                word + " changes k3s.version, and there is none",
                                "write k3s: {version: ...} into it")));
    }

    /** That line, and nothing else of the file. */
    void write(K3sVersion version) {
        String[] lines = KeptFile.text(inventory, "homelab init").split("\n", -1);
        lines[place.line() - 1] =
                lines[place.line() - 1].replaceFirst("v\\d+\\.\\d+\\.\\d+(-rc\\d+)?\\+k3s\\d+", version.toString());
        KeptFile.rewrite(inventory, String.join("\n", lines));
    }
}

package homelab.command;

import homelab.artifact.Cache;
import homelab.artifact.Charts;
import homelab.artifact.Fetch;
import homelab.artifact.Patience;
import homelab.artifact.Progress;
import homelab.artifact.Release;
import homelab.artifact.Releases;
import homelab.artifact.Supplies;
import homelab.artifact.Supply;
import homelab.model.Cluster;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Brings all files of an inventory into the cache and pins them. */
record Pull(Io io, Cluster cluster, Path inventory, Cache cache) {

    /** @param arches as k3s names them; the Helm of add-ons runs on servers, which may be any of them */
    void of(Set<String> arches) {
        Fetch fetch =
                new Fetch(Patience.USUAL, new RegistryLogins(cluster.addons().registries()));
        Releases releases = new Releases(inventory, cache, fetch);
        Map<String, Release> found = releases.resolve(cluster, arches, false);
        found.values()
                .forEach(release -> Stream.concat(Stream.of(release.binary()), release.images().stream())
                        .forEach(file -> bring(fetch, new Supply(file, Releases.uri(cluster, file.name())))));
        releases.pin(found);
        if (!cluster.addons().releases().isEmpty()) {
            addons(fetch, arches);
        }
    }

    private void addons(Fetch fetch, Set<String> arches) {
        Charts charts = new Charts(inventory, cache, fetch);
        Supplies supplies = charts.resolve(cluster.addons(), arches);
        Stream.concat(supplies.helm().values().stream(), supplies.charts().values().stream())
                .forEach(supply -> bring(fetch, supply));
        charts.pin(cluster.addons(), supplies);
    }

    private void bring(Fetch fetch, Supply supply) {
        io.err().println("bringing " + supply.artifact().name() + " from " + supply.from());
        fetch.fetch(supply.artifact(), supply.from(), Progress.NONE);
    }
}

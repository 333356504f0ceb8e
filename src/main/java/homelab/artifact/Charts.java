package homelab.artifact;

import homelab.model.Addons;
import homelab.model.Chart;
import homelab.model.ChartRelease;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Finds out which files the add-ons are installed with, by pin or, the first time, by their publishers' own sums. */
public final class Charts {
    private final Pins pins;
    private final Cache cache;
    private final Fetch fetch;
    private final KnownSums sums;

    /** @param inventory beside which its lock file lies or will lie */
    public Charts(Path inventory, Cache cache, Fetch fetch) {
        this.pins = Pins.beside(inventory);
        this.cache = cache;
        this.fetch = fetch;
        this.sums = new KnownSums(cache.root().resolve("known-sums"));
    }

    /**
     * What is pinned needs no network; nothing is written but the cache.
     *
     * @param arches of the servers, as k3s names them
     * @throws Failure when something is not pinned and cannot be looked up
     */
    public Supplies resolve(Addons addons, Collection<String> arches) {
        Map<String, Supply> helm = new TreeMap<>();
        Map<String, Supply> charts = new TreeMap<>();
        arches.forEach(arch -> helm.put(arch, helm(addons, arch)));
        addons.releases().forEach(release -> charts.put(release.title(), chart(release)));
        Map<Path, String> images = new TreeMap<>();
        addons.releases().forEach(release -> release.images().forEach(path -> images.put(path, sum(path))));
        return new Supplies(helm, charts, images);
    }

    /** Pins what was resolved, so that it stays what it is. A chart of the user's own is the user's to change. */
    public void pin(Addons addons, Supplies supplies) {
        Map<String, String> helm = new TreeMap<>();
        supplies.helm().values().forEach(supply -> put(helm, supply));
        Map<String, String> charts = new TreeMap<>();
        addons.releases().stream()
                .filter(release -> !(release.chart() instanceof Chart.Archive))
                .forEach(release -> supplies.chart(release).ifPresent(supply -> put(charts, supply)));
        pins.addAll(Map.of("helm", helm, "charts", charts));
    }

    private static void put(Map<String, String> sums, Supply supply) {
        sums.put(supply.artifact().name(), supply.artifact().sha256());
    }

    private Supply helm(Addons addons, String arch) {
        String name = "helm-" + addons.helmVersion() + "-linux-" + arch + ".tar.gz";
        URI from = URI.create(addons.helmDownloads() + "/" + name);
        String sum = pins.of("helm", name).orElseGet(() -> helmSum(from, name));
        return new Supply(cache.artifact(name, sum), from);
    }

    /** Of a folder of the user's the file's own sum will do where nobody put the published one beside it. */
    private String helmSum(URI from, String name) {
        if (!"file".equals(from.getScheme())) {
            return published(from, name);
        }
        Path file = Path.of(from);
        if (!Files.isRegularFile(file)) {
            String fix = "bring it there from " + Addons.DOWNLOADS + "/" + name;
            throw new Failure(
                    Exit.USAGE, Problem.of("there is no " + file, "addons.helm.downloads names this folder", fix));
        }
        return Files.exists(Path.of(file + ".sha256sum")) ? published(from, name) : sum(file);
    }

    private String published(URI from, String name) {
        URI sums = URI.create(from + ".sha256sum");
        return Sums.parse(fetch.text(sums)).byName().entrySet().stream()
                .filter(line -> line.getKey().endsWith(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new Failure(
                        Exit.FAILED,
                        Problem.of(
                                "no checksum for " + name + " in " + sums,
                                "it has no line for it",
                                "check addons.helm in the inventory")));
    }

    private Supply chart(ChartRelease release) {
        if (release.chart() instanceof Chart.Archive archive) {
            return own(archive);
        } else if (release.chart() instanceof Chart.Repository repository) {
            return of(repository);
        }
        return of((Chart.Registry) release.chart());
    }

    private Supply own(Chart.Archive archive) {
        return new Supply(
                cache.artifact(archive.file(), sum(archive.path())),
                archive.path().toUri());
    }

    private String sum(Path path) {
        try {
            return sums.of(path);
        } catch (IOException e) {
            throw Faults.store(path, e);
        }
    }

    private Supply of(Chart.Repository chart) {
        URI from = URI.create(ChartIndex.uri(chart.repo()) + "#" + chart.name() + "-" + chart.version());
        String sum = pins.of("charts", chart.file())
                .orElseGet(() -> find(fetch, from).sha256());
        return new Supply(cache.artifact(chart.file(), sum), from);
    }

    private Supply of(Chart.Registry chart) {
        String sum =
                pins.of("charts", chart.file()).orElseGet(() -> fetch.registry().sha256(chart));
        return new Supply(cache.artifact(chart.file(), sum), Registry.address(chart));
    }

    /**
     * Where a supply is really had.
     *
     * @throws Failure when its repository is down, or no longer has it
     */
    static URI locate(URI from, Fetch fetch) {
        return from.getFragment() == null ? from : find(fetch, from).uri();
    }

    private static ChartIndex.Entry find(Fetch fetch, URI from) {
        URI index = URI.create(from.toString().replaceFirst("#.*", ""));
        // Versions begin with a digit (or v and one) behind a dash, which is more than names of charts do.
        String[] parts = from.getFragment().split("-(?=v?\\d+\\.\\d+\\.)", 2);
        return ChartIndex.read(index, fetch.text(index)).find(parts[0], parts[1]);
    }
}

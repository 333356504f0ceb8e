package homelab.command;

import homelab.artifact.Cache;
import homelab.artifact.Pinned;
import homelab.inventory.InventoryReader;
import homelab.model.Cluster;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** {@code homelab artifacts}: the files that a cluster is made of, here and where there is no line to the outside. */
@CommandLine.Command(
        name = "artifacts",
        description = {
            "The files that a cluster is made of: k3s, its images, Helm and charts, in the cache of this machine, each under its",
            "SHA-256, pinned in the lock file beside the inventory. bootstrap needs no network when all of them are here.",
            "Reaches no host."
        },
        footer = {
            "",
            "Examples:",
            "  homelab artifacts -i inventory/two-pis.yaml           # what is pinned, what is here, and how big it is",
            "  homelab artifacts pull --arch arm64                   # bring all of it here, and pin it",
            "  homelab artifacts verify                              # read every file again",
            "  homelab artifacts bundle two-pis.zip                  # one file to carry to a machine without internet",
            "  homelab artifacts import two-pis.zip                  # there",
            "  homelab artifacts prune --days 90                     # what no lock file names and nobody brought lately"
        })
final class ArtifactsCommand implements Command {
    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DEED",
            hideParamSyntax = true,
            completionCandidates = ArtifactsDeed.Words.class,
            description = "list, pull, verify, bundle, import or prune.")
    private String deed = "list";

    @CommandLine.Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            hideParamSyntax = true,
            description = "The bundle that is written or read.")
    private Optional<Path> file = Optional.empty();

    @CommandLine.Option(
            names = "--arch",
            split = ",",
            paramLabel = "ARCH",
            description = "With pull: for these; amd64, arm64, armhf. Else what is pinned, and without pins all three.")
    private List<String> arches = new ArrayList<>();

    @CommandLine.Option(
            names = "--days",
            paramLabel = "DAYS",
            description = "With prune: what was brought here within so many days stays. Default: 30.")
    private int days = 30;

    @CommandLine.Option(
            names = {"-y", "--yes"},
            description = "With prune: do not ask.")
    private boolean yes;

    private final Io io;

    ArtifactsCommand(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        ArtifactsDeed what = ArtifactsDeed.of(deed);
        Cluster cluster = InventoryReader.read(inventory());
        ArtifactsHere here =
                new ArtifactsHere(io, cache(), inventory(), new ArtifactsTable(io, cache(), common.json()));
        return switch (what) {
            case list -> here.list();
            case pull -> pull(cluster, here);
            case verify -> here.verify();
            case bundle -> here.bundle(file());
            case imports -> here.imports(file());
            case prune -> new ArtifactsPrune(io, cache(), inventory(), days).out(Consent.asking(yes));
        };
    }

    private Path inventory() {
        return common.inventory(io);
    }

    private Cache cache() {
        return new Cache(io.xdg("XDG_CACHE_HOME", ".cache").resolve("artifacts"));
    }

    private Exit pull(Cluster cluster, ArtifactsHere here) {
        new Pull(io, cluster, inventory(), cache()).of(arches());
        if (!cluster.k3s().airgapImages()) {
            io.err()
                    .println(
                            "note: k3s.airgap-images is not set, so that hosts fetch the images of k3s from the internet");
        }
        return here.list();
    }

    private Set<String> arches() {
        Function<String, String> k3s = arch -> arch.equals("armhf") ? "arm" : arch;
        Near.refuseUnknown(
                arches, List.of("amd64", "arm64", "armhf", "arm"), "there is no architecture", "amd64, arm64 or armhf");
        Set<String> named = arches.stream().map(k3s).collect(Collectors.toSet());
        Set<String> pinned = Pinned.beside(inventory()).stream()
                .flatMap(one -> one.architecture().stream())
                .collect(Collectors.toSet());
        return !named.isEmpty() ? named : pinned.isEmpty() ? Set.of("amd64", "arm64", "arm") : pinned;
    }

    private Path file() {
        return file.map(io.folder()::resolve)
                .orElseThrow(() -> new Failure(
                        Exit.USAGE,
                        Problem.of(deed + " wants a file", "none is named", "homelab artifacts " + deed + " FILE")));
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}

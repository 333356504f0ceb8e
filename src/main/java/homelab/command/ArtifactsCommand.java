package homelab.command;

import homelab.artifact.Bundle;
import homelab.artifact.Cache;
import homelab.artifact.Kept;
import homelab.artifact.Pinned;
import homelab.inventory.InventoryReader;
import homelab.model.Cluster;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.report.Json;
import homelab.report.ProblemText;
import homelab.report.Table;
import homelab.run.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private static final int SHORT = 12;

    /** What is done. */
    enum Deed {
        list,
        pull,
        verify,
        bundle,
        imports {
            @Override
            public String toString() {
                return "import";
            }
        },
        prune;

        static Deed of(String word) {
            for (Deed deed : values()) {
                if (deed.toString().equals(word)) {
                    return deed;
                }
            }
            Near.refuseUnknown(
                    List.of(word),
                    java.util.Arrays.stream(values()).map(Deed::toString).toList(),
                    "artifacts cannot",
                    "homelab artifacts --help");
            throw new IllegalStateException(word);
        }
    }

    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DEED",
            hideParamSyntax = true,
            completionCandidates = Deeds.class,
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

    /** For completion. */
    static final class Deeds extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Deeds() {
            super(java.util.Arrays.stream(Deed.values()).map(Deed::toString).toList());
        }
    }

    ArtifactsCommand(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        Deed what = Deed.of(deed);
        Cluster cluster = InventoryReader.read(common.inventory(io));
        return switch (what) {
            case list -> list();
            case pull -> pull(cluster);
            case verify -> verify();
            case bundle -> bundle();
            case imports -> imports();
            case prune -> prune();
        };
    }

    private Path inventory() {
        return common.inventory(io);
    }

    private Cache cache() {
        return new Cache(io.xdg("XDG_CACHE_HOME", ".cache").resolve("artifacts"));
    }

    private Exit pull(Cluster cluster) {
        new Pull(io, cluster, inventory(), cache()).of(arches());
        if (!cluster.k3s().airgapImages()) {
            io.err()
                    .println(
                            "note: k3s.airgap-images is not set, so that hosts fetch the images of k3s from the internet");
        }
        return list();
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

    private Exit list() {
        Map<String, Kept> kept = bySum();
        print(
                Pinned.beside(inventory()),
                one -> Optional.ofNullable(kept.get(one.sha256()))
                        .filter(Kept::whole)
                        .map(here -> "here")
                        .orElse("not here"));
        return Exit.DONE;
    }

    private Map<String, Kept> bySum() {
        return Kept.in(cache()).stream().collect(Collectors.toMap(Kept::sha256, kept -> kept));
    }

    /** Every pinned file that is here is read again; a file that is not what its sum says is named with both. */
    private Exit verify() {
        Map<String, Kept> kept = bySum();
        List<Problem> problems = new ArrayList<>();
        print(Pinned.beside(inventory()), one -> {
            Optional<Kept> here = Optional.ofNullable(kept.get(one.sha256())).filter(Kept::whole);
            Optional<String> is = here.flatMap(Kept::tampered);
            is.ifPresent(sum -> problems.add(Problem.of(
                    one.name() + " of " + one.group() + " is not what it should be",
                    "its SHA-256 is " + sum + ", and " + one.sha256() + " is pinned ("
                            + here.map(Kept::folder).orElseThrow() + ")",
                    "homelab artifacts pull brings it anew; find out who changed it")));
            return is.isPresent() ? "TAMPERED" : here.isPresent() ? "as pinned" : "not here";
        });
        io.err().print(new ProblemText(io.errTerminal()).of(problems));
        return problems.isEmpty() ? Exit.DONE : Exit.FAILED;
    }

    private Exit bundle() {
        List<Pinned> pinned = Pinned.beside(inventory());
        if (pinned.isEmpty()) {
            throw new Failure(
                    Exit.REFUSED,
                    Problem.of(
                            "nothing is pinned yet",
                            "there is no lock file beside the inventory",
                            "homelab artifacts pull"));
        }
        new Bundle(file()).write(pinned, cache());
        io.err().println("wrote " + file() + ": carry it with the inventory and its lock file");
        return list();
    }

    private Exit imports() {
        new Bundle(file()).read(cache(), inventory());
        return verify();
    }

    private Path file() {
        return file.map(io.folder()::resolve)
                .orElseThrow(() -> new Failure(
                        Exit.USAGE,
                        Problem.of(deed + " wants a file", "none is named", "homelab artifacts " + deed + " FILE")));
    }

    private void print(List<Pinned> pinned, Function<Pinned, String> state) {
        Map<String, Kept> kept = bySum();
        Table table = new Table(io.outTerminal(), "GROUP", "FILE", "SHA-256", "MiB", "STATE");
        List<Map<String, Object>> files = new ArrayList<>();
        for (Pinned one : pinned) {
            String is = state.apply(one);
            long bytes =
                    Optional.ofNullable(kept.get(one.sha256())).map(Kept::bytes).orElse(0L);
            table.row(List.of(one.group(), one.name(), one.sha256().substring(0, SHORT), mib(bytes), is));
            Map<String, Object> file = new LinkedHashMap<>();
            file.put("group", one.group());
            file.put("name", one.name());
            file.put("sha256", one.sha256());
            file.put("bytes", bytes);
            file.put("state", is);
            files.add(file);
        }
        long all = kept.values().stream().mapToLong(Kept::bytes).sum();
        if (common.json()) {
            io.out().print(Json.document("artifacts/v1", Map.of("files", files, "cacheBytes", all)));
        } else {
            io.out().print(table.text());
            io.err().println("the cache " + cache().root() + " holds " + kept.size() + " files, " + mib(all) + " MiB");
        }
    }

    private static String mib(long bytes) {
        return String.valueOf((bytes + (1 << 20) - 1) >> 20);
    }

    /** What stays is told with the reason; a cache is shared by all inventories of this user. */
    private Exit prune() {
        Set<String> pinned = Pinned.sumsInFolderOf(inventory());
        Instant since = Time.system().now().minus(Duration.ofDays(days));
        Function<Kept, String> reason = kept -> pinned.contains(kept.sha256())
                ? "stays: a lock file beside the inventory names it"
                : kept.brought().isAfter(since) ? "stays: brought here within " + days + " days" : "goes";
        List<Kept> all = Kept.in(cache());
        Table table = new Table(io.outTerminal(), "FILE", "SHA-256", "MiB", "");
        all.forEach(kept -> table.row(
                List.of(kept.name(), kept.sha256().substring(0, SHORT), mib(kept.bytes()), reason.apply(kept))));
        List<Kept> going =
                all.stream().filter(kept -> reason.apply(kept).equals("goes")).toList();
        io.out().print(table.text());
        if (going.isEmpty()) {
            io.err().println("nothing to do: all of the cache stays");
            return Exit.DONE;
        }
        Consent.asking(yes).ask(io, "Delete " + going.size() + " of them?");
        going.forEach(Kept::delete);
        io.err().println("deleted " + mib(going.stream().mapToLong(Kept::bytes).sum()) + " MiB");
        return Exit.DONE;
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}

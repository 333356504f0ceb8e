package homelab.command;

import homelab.artifact.Cache;
import homelab.artifact.Charts;
import homelab.artifact.Fetch;
import homelab.artifact.Patience;
import homelab.artifact.Releases;
import homelab.facts.Founding;
import homelab.host.Asker;
import homelab.host.Connector;
import homelab.inventory.InventoryReader;
import homelab.inventory.SecretReader;
import homelab.kubeconfig.KubeconfigPath;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.Secret;
import homelab.phase.Site;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.report.ProblemText;
import homelab.run.Events;
import homelab.run.Time;
import homelab.run.Traced;
import homelab.run.Waking;
import homelab.ssh.Means;
import homelab.ssh.SshConnector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What every verb that reaches hosts needs: the inventory read, the hosts connected, somebody told what happens. */
final class Job implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(15);

    private final Io io;
    private final Cluster cluster;
    private final Path inventory;
    private final Time time;
    private final Shown shown;
    private final Workshop workshop;
    private final Fetch fetch;
    private final Wanted wanted;

    private Job(
            TerminalAsker asker,
            Io io,
            Usual common,
            Cluster cluster,
            List<Node> nodes,
            Connector connector,
            Optional<Releases> releases,
            boolean quietly) {
        this.io = io;
        this.cluster = cluster;
        this.inventory = common.inventory(io);
        this.time = Time.system();
        this.fetch =
                new Fetch(Patience.USUAL, new RegistryLogins(cluster.addons().registries()));
        this.shown = new Shown(io, time, quietly, common.verbose());
        asker.around(shown::close, shown::show);
        boolean installs = releases.isPresent();
        OutsideFiles outside = new OutsideFiles(cluster);
        if (installs) {
            outside.files(); // before any host is reached: what cannot be had is told at once
        }
        this.workshop = new Workshop(
                cluster,
                nodes,
                installs ? token(cluster) : Optional.empty(),
                outside,
                releases,
                new Traced(connector, shown, time),
                shown,
                time);
        this.wanted = new Wanted(cluster, this::kubeconfig, new Charts(inventory, cache(io), fetch), workshop);
    }

    /** Reads the inventory and connects to all its hosts. What goes on is shown unless the verb only looks. */
    static Job open(Io io, Usual common, String verb) {
        return open(io, common, verb, Cluster::nodes);
    }

    /** @param needed the nodes to connect to; may refuse what was asked for before any host is reached */
    static Job open(Io io, Usual common, String verb, Function<Cluster, List<Node>> needed) {
        return open(io, common, verb, needed, Optional.of(releases(io, common.inventory(io))), cluster -> cluster);
    }

    /** @param meant what the inventory is to say in the end */
    static Job wanting(Io io, Usual common, String verb, UnaryOperator<Cluster> meant) {
        return open(io, common, verb, Cluster::nodes, Optional.of(releases(io, common.inventory(io))), meant);
    }

    /**
     * For what installs no k3s: no release file and no secret of k3s is asked for, so that it works in a night without a
     * line to the outside, and where a store of passwords is locked.
     *
     * @param needed as in {@link #open}
     */
    static Job withoutReleases(Io io, Usual common, String verb, Function<Cluster, List<Node>> needed) {
        return open(io, common, verb, needed, Optional.empty(), cluster -> cluster);
    }

    /** The same for a cluster that is not yet, or no longer, what the inventory says. */
    static Job seeing(Io io, Usual common, String verb, UnaryOperator<Cluster> is) {
        return open(io, common, verb, Cluster::nodes, Optional.empty(), is);
    }

    private static Job open(
            Io io,
            Usual common,
            String verb,
            Function<Cluster, List<Node>> needed,
            Optional<Releases> releases,
            UnaryOperator<Cluster> meant) {
        TerminalAsker asker = new TerminalAsker();
        SshConnector connector = connector(io, asker); // first, since it gets ready while the inventory is read
        Cluster cluster = meant.apply(connector.settled(InventoryReader.read(common.inventory(io))));
        return new Job(
                asker,
                io,
                common,
                cluster,
                needed.apply(cluster),
                connector,
                releases,
                !verb.equals("bootstrap") && !io.errTerminal().live());
    }

    private static Optional<Secret> token(Cluster cluster) {
        return cluster.k3s().token().map(SecretReader::read);
    }

    private static Releases releases(Io io, Path inventory) {
        return new Releases(inventory, cache(io), new Fetch());
    }

    private static Cache cache(Io io) {
        return new Cache(io.xdg("XDG_CACHE_HOME", ".cache").resolve("artifacts"));
    }

    private static SshConnector connector(Io io, TerminalAsker asker) {
        Asker somebody = io.asks() ? asker : Asker.NOBODY;
        return new SshConnector(new Means(io.home(), io.env(), somebody, SecretReader::read), CONNECT);
    }

    Cluster cluster() {
        return cluster;
    }

    Time time() {
        return time;
    }

    Events events() {
        return shown;
    }

    Workshop workshop() {
        return workshop;
    }

    /** By which files are brought here. */
    Fetch fetch() {
        return fetch;
    }

    Path inventory() {
        return inventory;
    }

    /** What the inventory wants of it. */
    Wanted wanted() {
        return wanted;
    }

    Path kubeconfig() {
        return KubeconfigPath.choose(io.env(), io.home(), cluster.name());
    }

    /** From now on also told to this listener. */
    void alsoTell(Events listener) {
        shown.add(listener);
    }

    /** Takes the live lines off the screen. */
    void quiet() {
        shown.close();
    }

    /** Shows what goes on again, after {@link #quiet}. */
    void loud() {
        shown.show();
    }

    /**
     * The server whose API answers; a cluster that is just coming up is waited for.
     *
     * @throws Failure with exit BLIND when the cluster does not answer, or hosts could not be reached and it may be one of
     *     them, with REFUSED when there is no cluster
     */
    Node leader() {
        Site site = new Waking(workshop::look, shown, time).from(workshop.site());
        return site.leader().orElseThrow(() -> {
            workshop.fleet().complete();
            return new Failure(
                    Exit.REFUSED,
                    Problem.of(
                            "there is no cluster yet",
                            "no server of the inventory runs an API that answers",
                            "homelab bootstrap -i " + inventory));
        });
    }

    /**
     * A cluster that is there is worked on though hosts are away; to found one all of them must be seen.
     *
     * @throws Failure with exit BLIND
     */
    void refuseToFoundBlindly() {
        Founding founding = workshop.site().founding();
        if (!(founding instanceof Founding.Lives) && !(founding instanceof Founding.Sleeps)) {
            workshop.fleet().complete();
        }
    }

    void tellUnreachable() {
        List<Problem> problems = new ArrayList<>();
        workshop.fleet().unreachable().values().forEach(failure -> problems.addAll(failure.problems()));
        io.err().print(new ProblemText(io.errTerminal()).of(problems));
    }

    @Override
    public void close() {
        shown.close();
        workshop.close();
    }
}

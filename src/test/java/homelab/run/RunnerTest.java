package homelab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import homelab.facts.Facts;
import homelab.facts.SampleFacts;
import homelab.facts.SampleK3s;
import homelab.fake.FileIs;
import homelab.fake.NeverMind;
import homelab.fake.ShellHost;
import homelab.host.Host;
import homelab.host.Script;
import homelab.model.Addons;
import homelab.model.Backend;
import homelab.model.Cidr;
import homelab.model.Cluster;
import homelab.model.K3s;
import homelab.model.K3sVersion;
import homelab.model.Network;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.phase.Phase;
import homelab.phase.SampleSite;
import homelab.phase.Site;
import homelab.plan.Plan;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.resource.CachedFile;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerTest {
    @TempDir
    Path folder;

    private final ShellHost jarvis = new ShellHost("jarvis");
    private final ShellHost ultron = new ShellHost("ultron");
    private final List<Event> events = Collections.synchronizedList(new ArrayList<>());
    private final Stop stop = new Stop();
    private int looks;
    private Optional<Node> leader = Optional.empty();
    private Deeds deeds = new NoDeeds();

    @Test
    void makesWhatDiffersAndThenHasNothingToDo() throws IOException {
        List<Phase> phases = List.of(phase("one", on("jarvis", file("a")), on("ultron", file("b"))));

        assertThat(plan(phases).toDo()).hasSize(2);
        assertThat(runner(Worst.CHANGE).run(phases, site())).isEqualTo(2);

        assertThat(folder.resolve("a")).hasContent("a");
        assertThat(folder.resolve("b")).hasContent("b");
        assertThat(plan(phases).isEmpty()).isTrue();
        assertThat(runner(Worst.CHANGE).run(phases, site())).isZero();
    }

    @Test
    void asksAllThingsOfAHostInOneRoundTrip() {
        plan(List.of(phase("one", on("jarvis", file("a")), on("jarvis", file("b")), on("jarvis", file("c")))));

        assertThat(jarvis.scripts()).hasSize(1);
    }

    /** Of sixteen the second is to be done: all are asked, then it is proved, then the next four, then the ten behind them. */
    @Test
    void asksAfterADeedTheNextFewAndThenEverMore() throws IOException {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            String word = "file" + i;
            Files.writeString(folder.resolve(word), i == 1 ? "other" : word);
            steps.add(on("jarvis", file(word)));
        }

        runner(Worst.CHANGE).run(List.of(new Steps("one", steps, List.of(), false)), site());

        assertThat(jarvis.scripts().stream().map(Script::title))
                .containsExactly(
                        "look at 16 things", "file file1", "look at 1 things", "look at 4 things", "look at 10 things");
    }

    /** Ultron's gate is of the cluster, and asked of jarvis: it stays shut until what ultron did is seen there. */
    @Test
    void beginsAHostInTurnOnlyWhenTheGateOfTheOneBeforeIsOpen() {
        leader = Optional.of(SampleSite.twoPis().nodes().get(0));
        List<String> order = new ArrayList<>();
        FileIs gate = new FileIs(folder.resolve("ultron"), "ultron", "false", Worst.WAIT, Duration.ZERO);
        Phase inTurn = new InTurn(List.of(
                on("ultron", file("ultron")),
                new Step("one", new Target.OnCluster(), gate),
                on("jarvis", file("jarvis"))));

        runner(Worst.CHANGE).run(List.of(inTurn), site());

        events.stream()
                .filter(Event.StepBegins.class::isInstance)
                .map(event -> ((Event.StepBegins) event).step().resource().id())
                .forEach(order::add);
        assertThat(order).containsExactly("file ultron", "file jarvis");
    }

    @Test
    void leavesTheHostsBehindInPeaceWhenOneInTurnFails() {
        leader = Optional.of(SampleSite.twoPis().nodes().get(0));
        FileIs shut = new FileIs(folder.resolve("never"), "open", "true", Worst.WAIT, Duration.ZERO);
        Phase inTurn = new InTurn(List.of(
                on("ultron", file("ultron")),
                new Step("one", new Target.OnCluster(), shut),
                on("jarvis", file("jarvis"))));

        assertThatThrownBy(() -> runner(Worst.CHANGE).run(List.of(inTurn), site()))
                .isInstanceOf(Failure.class);

        assertThat(folder.resolve("ultron")).exists();
        assertThat(folder.resolve("jarvis")).doesNotExist();
    }

    /** All of it in turn. */
    private record InTurn(List<Step> all) implements Phase {
        @Override
        public String name() {
            return "one";
        }

        @Override
        public List<Step> steps(Site site) {
            return all;
        }

        @Override
        public boolean inTurn(Site site, Step step) {
            return true;
        }
    }

    @Test
    void failsWhenTheScriptSaysYesButNothingChanged() {
        FileIs liar = new FileIs(folder.resolve("a"), "a", "true", Worst.CHANGE, Duration.ZERO);

        assertThatThrownBy(() -> runner(Worst.CHANGE).run(List.of(phase("one", on("jarvis", liar))), site()))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.exit()).isEqualTo(Exit.FAILED);
                    assertThat(failure.problems().get(0).what()).contains("still differs");
                });
    }

    @Test
    void goesOnWhereTheConnectionWasCutAndItIsSeenToBeDone() {
        jarvis.cutDuring("file a", true);
        List<Phase> phases = List.of(phase("one", on("jarvis", file("a")), on("jarvis", file("b"))));

        assertThat(runner(Worst.CHANGE).run(phases, site())).isEqualTo(2);

        assertThat(folder.resolve("b")).hasContent("b");
        assertThat(events.toString()).contains("jarvis: the connection was lost during 'file a'; looking whether");
    }

    @Test
    void doesNotTakeACutDeedForDoneThatIsSeenNotToBe() {
        jarvis.cutDuring("file a", false);

        assertThatThrownBy(() -> runner(Worst.CHANGE).run(List.of(phase("one", on("jarvis", file("a")))), site()))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.problems())
                                .extracting(Problem::what)
                                .first()
                                .isEqualTo("jarvis: the connection was lost during 'file a'"));
        assertThat(folder.resolve("a")).doesNotExist();
    }

    @Test
    void tellsWhatAFailingScriptSaid() {
        FileIs broken = new FileIs(folder.resolve("a"), "a", "echo no room >&2; exit 3", Worst.CHANGE, Duration.ZERO);

        assertThatThrownBy(() -> runner(Worst.CHANGE).run(List.of(phase("one", on("jarvis", broken))), site()))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.problems().get(0).what())
                            .contains("jarvis: file a")
                            .contains("3");
                    assertThat(failure.problems().get(0).why()).isEqualTo("no room");
                });
    }

    @Test
    void saysWhereRoomIsToBeMadeWhenAScriptFoundNone() {
        String full = "echo 'cannot create x: No space left on device' >&2; exit 2";
        FileIs broken = new FileIs(folder.resolve("a"), "a", full, Worst.CHANGE, Duration.ZERO);

        assertThatThrownBy(() -> runner(Worst.CHANGE).run(List.of(phase("one", on("jarvis", broken))), site()))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.problems().get(0).fix())
                                .startsWith("make room on jarvis (df -h and df -i"));
    }

    @Test
    void namesTheWebhookThatAFailingScriptMet() {
        String said =
                "Error: INSTALLATION FAILED: failed calling webhook \\\"guard.home.arpa\\\": failed to call webhook: "
                        + "Post \\\"https://guard.web.svc:443/ask?timeout=3s\\\": context deadline exceeded";
        FileIs refused =
                new FileIs(folder.resolve("a"), "a", "echo \"" + said + "\" >&2; exit 1", Worst.CHANGE, Duration.ZERO);

        assertThatThrownBy(() -> runner(Worst.CHANGE).run(List.of(phase("one", on("jarvis", refused))), site()))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.problems().get(0).what())
                            .startsWith("jarvis: file a")
                            .contains("the webhook guard.home.arpa does not answer");
                    assertThat(failure.problems().get(0).why())
                            .endsWith("Service web/guard: context deadline exceeded");
                });
    }

    @Test
    void bringsTheOtherHostsToTheEndOfThePhaseWhenOneFails() {
        FileIs broken = new FileIs(folder.resolve("a"), "a", "exit 3", Worst.CHANGE, Duration.ZERO);
        List<Phase> phases = List.of(
                phase("one", on("jarvis", broken), on("ultron", file("b"))), phase("two", on("ultron", file("c"))));

        assertThatThrownBy(() -> runner(Worst.CHANGE).run(phases, site())).isInstanceOf(Failure.class);

        assertThat(folder.resolve("b")).hasContent("b");
        assertThat(folder.resolve("c")).doesNotExist();
    }

    @Test
    void doesNotDoMoreThanWasAgreedTo() {
        FileIs grave =
                new FileIs(folder.resolve("a"), "a", "printf a > " + folder.resolve("a"), Worst.DELETE, Duration.ZERO);

        assertThatThrownBy(() -> runner(Worst.RESTART).run(List.of(phase("one", on("jarvis", grave))), site()))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.exit()).isEqualTo(Exit.REFUSED);
                    assertThat(failure.problems().get(0).why())
                            .startsWith("the hosts have changed since they were looked at: ")
                            .contains(" is absent where ");
                });
        assertThat(folder.resolve("a")).doesNotExist();
    }

    @Test
    void doesNothingThatAGuardRefuses() {
        Problem no = Problem.of("jarvis: would shut you out", "why", "fix");
        Resource refused = new Resource() {
            @Override
            public String id() {
                return "firewall";
            }

            @Override
            public List<Probe<?>> probes() {
                return List.of();
            }

            @Override
            public Status status(Readings readings) {
                return new Status.Refused(no);
            }

            @Override
            public Deed deed() {
                return Deed.Shell.of("touch " + folder.resolve("done"));
            }
        };
        List<Phase> phases = List.of(phase("one", on("jarvis", refused)));

        assertThat(plan(phases).refusals()).containsExactly(no);
        assertThatThrownBy(() -> runner(Worst.REBOOT).run(phases, site()))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.exit()).isEqualTo(Exit.REFUSED);
                    assertThat(failure.problems()).containsExactly(no);
                });
        assertThat(folder.resolve("done")).doesNotExist();
    }

    @Test
    void waitsForARefusalThatCameUpUnderwayAndMayPass() throws IOException {
        Path quorum = folder.resolve("quorum");
        FileIs earlier = new FileIs(
                folder.resolve("config"),
                "config",
                "printf config > " + folder.resolve("config") + "; (sleep 1; : > " + quorum + ") >/dev/null 2>&1 &",
                Worst.CHANGE,
                Duration.ZERO);
        List<Phase> phases = List.of(phase(
                "one", on("jarvis", earlier), on("jarvis", new Relenting(quorum, file("a"), Duration.ofSeconds(20)))));

        runner(Worst.CHANGE).run(phases, site());

        assertThat(folder.resolve("a")).hasContent("a");
        assertThat(events).anyMatch(Event.StepWaits.class::isInstance);
    }

    @Test
    void endsWithARefusalThatDoesNotPassInItsTime() {
        Resource never = new Relenting(folder.resolve("never"), file("a"), Duration.ofMillis(600));

        assertThatThrownBy(() -> runner(Worst.CHANGE).run(List.of(phase("one", on("jarvis", never))), site()))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.REFUSED));
        assertThat(folder.resolve("a")).doesNotExist();
        assertThat(events).anyMatch(Event.StepWaits.class::isInstance);
    }

    /** What a guard refuses until there is a quorum. */
    private record Relenting(Path quorum, Resource object, Duration relents) implements Resource {
        private Probe<Boolean> there() {
            return Probe.yes("quorum", "[ -e " + quorum + " ]");
        }

        @Override
        public String id() {
            return "service";
        }

        @Override
        public List<Probe<?>> probes() {
            List<Probe<?>> probes = new ArrayList<>(object.probes());
            probes.add(there());
            return probes;
        }

        @Override
        public Status status(Readings readings) {
            return readings.of(there()).known().orElse(false)
                    ? object.status(readings)
                    : new Status.Refused(Problem.of("jarvis: would stop etcd", "no quorum", "wait"));
        }

        @Override
        public Deed deed() {
            return object.deed();
        }
    }

    @Test
    void waitsForTheProofAsLongAsPatienceLasts() {
        Path file = folder.resolve("late");
        FileIs late = new FileIs(
                file,
                "late",
                "(sleep 1; printf late > " + file + ") >/dev/null 2>&1 &",
                Worst.START,
                Duration.ofSeconds(20));

        assertThat(runner(Worst.START).run(List.of(phase("one", on("jarvis", late))), site()))
                .isOne();

        assertThat(events).anyMatch(Event.StepWaits.class::isInstance);
    }

    @Test
    void givesAnEarlierStepAMomentToShow() throws IOException {
        Path kind = folder.resolve("kind");
        FileIs earlier = new FileIs(
                folder.resolve("chart"),
                "chart",
                "printf chart > " + folder.resolve("chart") + "; (sleep 1; : > " + kind + ") >/dev/null 2>&1 &",
                Worst.CHANGE,
                Duration.ZERO);
        Resource object = new OfAKind(kind, file("object"));

        runner(Worst.CHANGE).run(List.of(phase("one", on("jarvis", earlier), on("jarvis", object))), site());

        assertThat(folder.resolve("object")).hasContent("object");
    }

    /** What cannot be made as long as there is no kind. */
    private record OfAKind(Path kind, Resource object) implements Resource {
        private Probe<Boolean> served() {
            return Probe.yes("kind", "[ -e " + kind + " ]");
        }

        @Override
        public String id() {
            return "object of a kind";
        }

        @Override
        public List<Probe<?>> probes() {
            List<Probe<?>> probes = new ArrayList<>(object.probes());
            probes.add(served());
            return probes;
        }

        @Override
        public Status status(Readings readings) {
            return readings.of(served()).known().orElse(false)
                    ? object.status(readings)
                    : new Status.Waits("there is a kind", Worst.CHANGE);
        }

        @Override
        public Deed deed() {
            return object.deed();
        }
    }

    @Test
    void doesNotWaitForWhatWillNeverBe() {
        NeverMind never = new NeverMind("likely the server does not take the token: check it");

        assertThatThrownBy(() -> runner(Worst.START).run(List.of(phase("one", on("jarvis", never))), site()))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.problems())
                                .singleElement()
                                .satisfies(problem -> {
                                    assertThat(problem.what()).contains("service never", "by waiting");
                                    assertThat(problem.why()).isEqualTo(never.why());
                                }));
    }

    @Test
    void beginsNothingNewAfterAWishToStop() {
        stop.wish();

        assertThatThrownBy(() -> runner(Worst.CHANGE).run(List.of(phase("one", on("jarvis", file("a")))), site()))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.INTERRUPTED));
        assertThat(folder.resolve("a")).doesNotExist();
    }

    @Test
    void breaksADownloadOffWhenAStopIsWishedFor() {
        deeds = new NoDeeds() {
            @Override
            public void fetch(Deed.Fetch deed, Host.Progress progress) {
                progress.sent(1);
                stop.wish();
                progress.sent(2);
            }
        };
        CachedFile file = new CachedFile(URI.create("http://127.0.0.1/k3s"), folder.resolve("k3s"), "0".repeat(64));

        assertThatThrownBy(() -> runner(Worst.CREATE).run(List.of(phase("one", on("jarvis", file))), site()))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.INTERRUPTED));
        assertThat(events).filteredOn(Event.Transfer.class::isInstance).hasSize(1);
    }

    @Test
    void looksAtTheHostsAgainOnlyAfterAChangeAndForAPhaseThatWantsIt() {
        List<Phase> phases = List.of(
                phase("one", on("jarvis", file("a"))),
                phase("two", on("jarvis", file("b"))),
                anew("three"),
                anew("four"));

        runner(Worst.CHANGE).run(phases, led());
        assertThat(looks).isEqualTo(1);
        looks = 0;
        runner(Worst.CHANGE).run(phases, led());
        assertThat(looks).isZero();
    }

    @Test
    void looksAgainForAServerThatDidNotAnswerAtFirst() {
        runner(Worst.CHANGE).run(List.of(phase("one", on("jarvis", file("a"))), anew("two")), site());
        looks = 0;

        runner(Worst.CHANGE).run(List.of(phase("one", on("jarvis", file("a"))), anew("two")), site());

        assertThat(looks).isEqualTo(1);
    }

    /** Its part of the pod network was that of an earlier life then, and was asked for in vain. */
    @Test
    void looksAgainAtAHostWhoseK3sWasJustComingUp() {
        runner(Worst.CHANGE).run(List.of(anew("one")), ledWhile("active"));
        assertThat(looks).isZero();

        runner(Worst.CHANGE).run(List.of(anew("one")), ledWhile("activating"));

        assertThat(looks).isEqualTo(1);
    }

    private static Site ledWhile(String state) {
        Cluster cluster = SampleSite.haMixed();
        Node other = cluster.nodes().get(1);
        Facts facts = SampleFacts.fresh(other.name().text(), other.ip().toString())
                .with("k3s", SampleK3s.running("k3s").active(state).state())
                .build();
        Site led = led();
        return new Site(cluster, Map.of(other.name(), facts), led.leader(), led.release(), led.token());
    }

    private static Site led() {
        Site bare = site();
        return new Site(
                bare.cluster(),
                bare.facts(),
                Optional.of(SampleSite.haMixed().nodes().get(0)),
                bare.release(),
                bare.token());
    }

    @Test
    void doesBesideAPhaseWhatTheNextOneNeedNotWaitWith() {
        FileIs waiting = new FileIs(folder.resolve("b"), "b", "true", Worst.CHANGE, Duration.ofSeconds(20));
        Step beside = on("ultron", file("b"));

        runner(Worst.CHANGE).run(List.of(phase("one", on("jarvis", waiting)), ahead(beside)), site());

        assertThat(folder.resolve("b")).hasContent("b");
        assertThat(ultron.scripts()).as("looked at again in its turn").hasSizeGreaterThan(3);
    }

    @Test
    void neverTakesALostHostForOneThatIsAsItShouldBe() {
        jarvis.lose();

        Plan plan = plan(List.of(phase("one", on("jarvis", file("a")))));

        assertThat(plan.unknown()).hasSize(1);
        assertThat(plan.toDo()).isEmpty();
    }

    private Runner runner(Worst confirmed) {
        Doing doing = new Doing(deeds, (host, deed) -> {}, events::add, Time.system());
        return new Runner(
                new Runner.Survey() {
                    @Override
                    public Site look() {
                        looks++;
                        return led();
                    }

                    @Override
                    public Places places() {
                        return RunnerTest.this.places();
                    }
                },
                doing,
                stop,
                confirmed);
    }

    private Plan plan(List<Phase> phases) {
        return Planner.plan(phases, site(), places());
    }

    private Places places() {
        Map<NodeName, Host> hosts = new LinkedHashMap<>();
        hosts.put(jarvis.name(), jarvis);
        hosts.put(ultron.name(), ultron);
        return new Places(new Fleet(hosts, Map.of()), jarvis, leader);
    }

    private FileIs file(String word) {
        return FileIs.of(folder.resolve(word), word);
    }

    private static Step on(String node, Resource resource) {
        return new Step("test", new Target.OnHost(new NodeName(node)), resource);
    }

    private static Phase phase(String name, Step... steps) {
        return new Steps(name, List.of(steps), List.of(), false);
    }

    private static Phase anew(String name) {
        return new Steps(name, List.of(), List.of(), true);
    }

    private static Phase ahead(Step step) {
        return new Steps("two", List.of(step), List.of(step), false);
    }

    private record Steps(String name, List<Step> steps, List<Step> early, boolean looksAnew) implements Phase {
        @Override
        public List<Step> steps(Site site) {
            return steps;
        }

        @Override
        public List<Step> early(Site site) {
            return early;
        }
    }

    private static Site site() {
        Network network = new Network(
                Cidr.parse("10.0.1.0/24"),
                Cidr.parse("10.42.0.0/16"),
                Cidr.parse("10.43.0.0/16"),
                List.of(),
                List.of(),
                Optional.empty());
        K3s k3s = new K3s(
                K3sVersion.parse("v1.33.4+k3s1"),
                URI.create("http://127.0.0.1"),
                URI.create("http://127.0.0.1"),
                false,
                List.of(),
                true,
                true,
                Backend.VXLAN,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty());
        Cluster cluster = new Cluster("home", network, k3s, Optional.empty(), List.of(), Addons.NONE);
        return new Site(cluster, Map.of(), Optional.empty(), Map.of(), Optional.empty());
    }

    /** A double: nothing outside of hosts is done. */
    static class NoDeeds implements Deeds {
        @Override
        public void patch(Host leader, Deed.PatchNode deed) {}

        @Override
        public void untilConfirmed(Host host, Runnable change) {
            change.run();
        }

        @Override
        public Evictor evictor(Host leader) {
            throw new AssertionError("nothing here evicts");
        }

        @Override
        public void merge(Host server, Deed.MergeKubeconfig deed) {}

        @Override
        public void drop(Deed.DropContext deed) {}

        @Override
        public void fetch(Deed.Fetch deed, Host.Progress progress) {}
    }
}

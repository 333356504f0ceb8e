package homelab.report;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.gate.Course;
import homelab.gate.Gate;
import homelab.gate.Passage;
import homelab.gate.Repairs;
import homelab.gate.Sight;
import homelab.gate.StaleTaint;
import homelab.gate.State;
import homelab.model.NodeName;
import homelab.run.Time;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gates on a terminal, in a pipe and as JSON. */
class GatesTextTest {
    private static final Repairs NONE = new Repairs(List.of(), List.of(), List.of());
    private static final Repairs HELD = new Repairs(
            List.of(),
            List.of(),
            List.of(new Repairs.Held(new StaleTaint(new NodeName("ultron")), "the API does not answer")));

    private static final Course COURSE = new Course(List.of(
            new Passage(Gate.HOSTS, List.of(sight(State.PASS, "jarvis", "answers"))),
            new Passage(
                    Gate.NODES,
                    List.of(
                            sight(State.AWAY, "vision", "is away"),
                            new Sight(
                                    State.WAIT,
                                    "ultron",
                                    "Ready is Unknown\u001b[2J",
                                    "sudo journalctl -u k3s-agent"))),
            new Passage(Gate.CNI, List.of(sight(State.NOTE, "ultron", "is cordoned"))),
            new Passage(Gate.DNS, List.of(sight(State.UNKNOWN, "cluster", "the API does not answer"))),
            new Passage(Gate.LONGHORN, List.of(sight(State.ABSENT, "cluster", "Longhorn is not installed")))));

    private static Sight sight(State state, String subject, String what) {
        return new Sight(state, subject, what, "");
    }

    private static String text(int width, Repairs repairs, Set<Gate> over) {
        return new GatesText(new Terminal(width, false, true, true)).of(COURSE, repairs, over);
    }

    @Test
    void tellsOfEachGateHowItStandsAndWhatToType() {
        assertThat(text(80, HELD, Set.of())).isEqualTo("""
                ✓  0 hosts        every host answers and can write
                …  3 nodes        ultron: Ready is Unknown\\x1b[2J
                                  fix  sudo journalctl -u k3s-agent
                                  usually takes 60 s
                ✓  4 pod network  flannel is up, and pods reach other nodes
                                  ultron: is cordoned
                ?  5 DNS          the API does not answer
                -  7 Longhorn     Longhorn is not installed
                ! held back: take the taint out-of-service from ultron, which was booted since:
                  the API does not answer
                2 of 5 gates do not pass
                """);
    }

    @Test
    void saysOfAGateThatWasGivenUpWhatComesThen() {
        assertThat(text(200, NONE, Set.of(Gate.NODES)))
                .contains("✗  3 nodes", "not so after 5 min; then: homelab doctor --group K3S");
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80})
    void fitsTheTerminal(int width) {
        assertThat(text(width, HELD, Set.of(Gate.NODES)).lines())
                .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(width));
    }

    @Test
    void isJsonWithEverySight() {
        assertThat(GatesJson.of("home", COURSE, HELD, Set.of(Gate.NODES), List.of("this")))
                .contains(
                        "\"schema\" : \"homelab/gates/v1\"",
                        "\"state\" : \"wait\"",
                        "\"gaveUp\" : true",
                        "\"subject\" : \"vision\"",
                        "\"tried\" : [ \"this\" ]",
                        "\"why\" : \"the API does not answer\"");
    }

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private Instant now = Instant.parse("2026-11-22T04:44:00Z");

    private GateProgress progress(Terminal terminal) {
        return new GateProgress(new PrintStream(said, true, StandardCharsets.UTF_8), terminal, new Time() {
            @Override
            public Instant now() {
                return now;
            }

            @Override
            public void sleep(Duration duration) {
                now = now.plus(duration);
            }
        });
    }

    private static Course two(State first, State second) {
        return new Course(List.of(
                new Passage(Gate.HOSTS, List.of(sight(first, "jarvis", "does not answer"))),
                new Passage(Gate.ETCD, List.of(sight(second, "jarvis", "k3s is starting")))));
    }

    @Test
    void tellsInAPipeOnlyWhatChanges() {
        GateProgress progress = progress(Terminal.PIPE);
        progress.seen(two(State.WAIT, State.UNKNOWN), Set.of());
        progress.seen(two(State.WAIT, State.UNKNOWN), Set.of());
        now = now.plusSeconds(20);
        progress.seen(two(State.PASS, State.WAIT), Set.of());
        now = now.plusSeconds(5);
        progress.seen(two(State.PASS, State.BROKEN), Set.of(Gate.ETCD));

        assertThat(said.toString(StandardCharsets.UTF_8)).isEqualTo("""
                04:44:00 gate 0 hosts: jarvis: does not answer
                04:44:20 gate 0 hosts passes (20 s)
                04:44:20 gate 1 etcd: jarvis: k3s is starting
                04:44:25 gate 1 etcd does not pass: jarvis: k3s is starting
                """);
    }

    @Test
    void drawsOneLineOnATerminalThatIsNoLongerThanIt() {
        GateProgress progress = progress(new Terminal(40, false, true, true));
        now = now.plusSeconds(7);
        progress.seen(two(State.WAIT, State.UNKNOWN), Set.of());

        assertThat(said.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r\u001b[K7 s of usually 60  gate 0 hosts: jarvis");
    }
}

package homelab.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IncidentTest {
    private static final Instant NIGHT = Instant.parse("2026-11-22T04:44:00Z");

    private static Instant at(int second) {
        return NIGHT.plusSeconds(second);
    }

    private static Boot boot(int first, int last, Boot.End end) {
        Duration up = Duration.ofSeconds(last - first);
        return new Boot("b".repeat(32), at(first), Duration.ZERO, at(last), up, end);
    }

    private static Happening of(String node, int second, Kind kind, String text) {
        return Happening.once(node, at(second), kind, text);
    }

    private static HostPast past(List<Boot> boots, Happening... journal) {
        return new HostPast(boots, List.of(journal), List.of(), false, List.of());
    }

    private static Incident incident(HostPast jarvis, HostPast ultron) {
        Map<String, HostPast> pasts = new LinkedHashMap<>();
        pasts.put("jarvis", jarvis);
        pasts.put("ultron", ultron);
        return Incident.of("home", at(-3600), at(7200), pasts, List.of(), List.of());
    }

    private static final List<Boot> CUT = List.of(boot(-3000, 0, Boot.End.CUT), boot(60, 7200, Boot.End.NOW));
    private static final List<Boot> ON = List.of(boot(-3000, 7200, Boot.End.NOW));

    @Test
    void blamesThePowerOfTheHouseWhenBootsEndTogether() {
        Incident told = incident(
                past(CUT),
                past(
                        List.of(boot(-3000, 2, Boot.End.CUT), boot(60, 7200, Boot.End.NOW)),
                        of("ultron", 200, Kind.SANDBOX, "is reserved for")));

        assertThat(told.links())
                .extracting(Link::what)
                .containsExactly("jarvis, ultron: the power failed", "ultron: names of pods were taken");
        assertThat(told.links().get(0).certain()).isTrue();
        assertThat(told.links().get(1).prevention()).contains("harden apply clock reaper");
    }

    @Test
    void blamesWhatTheNodeSaidLast() {
        Incident told = incident(
                past(ON),
                past(
                        CUT,
                        of("ultron", -120, Kind.NFS, "nfs: server 10.0.1.9 not responding"),
                        of("jarvis", -60, Kind.POWER, "x")));

        assertThat(told.links().get(0).what()).isEqualTo("ultron: it hung on a server of NFS");
        assertThat(told.links().get(0).why()).contains("10.0.1.9");
    }

    @Test
    void doesNotBlameWhatWasLongBeforeOrOnlyAfter() {
        Incident told = incident(
                past(ON), past(CUT, of("ultron", -2000, Kind.STALL, "old"), of("ultron", 100, Kind.POWER, "after")));

        assertThat(told.links().get(0).what()).contains("the power failed, or somebody pulled the plug");
        assertThat(told.links().get(0).certain()).isFalse();
    }

    @Test
    void saysNothingOfNodesThatCouldNotBeRead() {
        Incident told = Incident.of(
                "home",
                at(-3600),
                at(7200),
                Map.of("jarvis", past(CUT)),
                List.of(),
                List.of("ultron: does not answer"));

        assertThat(told.links().get(0).why())
                .contains("may have been the whole house")
                .doesNotContain("no other");
    }

    @Test
    void saysWhenTheHardwareResetIt() {
        HostPast frozen = new HostPast(CUT, List.of(), List.of(), true, List.of());

        assertThat(incident(past(ON), frozen).links().get(0).what()).contains("the hardware reset it");
    }

    @Test
    void tellsAClockThatWasSet() {
        Boot behind = new Boot(
                "c".repeat(32), at(60), Duration.ZERO, at(7200), Duration.ofSeconds(7140 - 1800), Boot.End.NOW);

        Incident told = incident(past(ON), past(List.of(boot(-3000, 0, Boot.End.CUT), behind)));

        assertThat(told.links())
                .extracting(Link::why)
                .anyMatch(why -> why.contains("the clock was set forward by 30 min"));
    }

    @Test
    void hasNoChainForAQuietNight() {
        Incident told = incident(past(ON), past(List.of(boot(-3000, 0, Boot.End.CLEAN), boot(60, 7200, Boot.End.NOW))));

        assertThat(told.links()).isEmpty();
        assertThat(told.timeline()).extracting(Happening::kind).contains(Kind.SHUTDOWN);
    }

    @Test
    void takesWhatTheApiToldOnce() {
        Stream<String> lines = Stream.of(
                "pod kube-system/coredns-1|jarvis|2,2026-11-22T04:45:00Z,Unknown;",
                "pod default/old|jarvis|9,2025-01-01T00:00:00Z,Error;0,,;",
                "node ultron|True|2026-11-22T04:50:00Z",
                "end");
        HostPast server = HostPast.read("jarvis", at(-3600), String.join("\n", lines.toList()));

        Incident told = incident(server, server);

        assertThat(told.timeline())
                .extracting(Happening::text)
                .containsExactly("kube-system/coredns-1 ended (Unknown), 2 restarts in all", "is Ready from here on");
    }

    @Test
    void takesNothingForAnAnswerThatBreaksOff() {
        assertThatThrownBy(() -> HostPast.read("jarvis", NIGHT, "boot x")).hasMessageContaining("broke off");
    }
}

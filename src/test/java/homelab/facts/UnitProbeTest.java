package homelab.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import homelab.facts.Facts.Firewall;
import homelab.facts.Facts.Time;
import homelab.facts.UnitProbe.Unit;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UnitProbeTest {
    private static final Sections HOST = Captures.sections("debian-12-host-units");
    private static final Sections SERVER = Captures.sections("debian-12-server-units");
    private static final Sections CHRONY = Captures.sections("synthetic-chrony-units");
    private static final Sections NO_UFW = Sections.parse("@@homelab ufw\n");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void tellsAUnitThatIsThereFromOneThatIsNot() {
        assertThat(UnitProbe.units(HOST).of("k3s")).isEqualTo(new Unit(false, "inactive"));
        assertThat(UnitProbe.units(SERVER).of("k3s")).isEqualTo(new Unit(true, "active"));
        assertThat(UnitProbe.units(CHRONY).of("k3s-agent")).isEqualTo(new Unit(true, "failed"));
    }

    @Test
    void silenceOfSystemdIsNotTheAbsenceOfK3s() {
        assertThatThrownBy(() -> UnitProbe.units(Sections.parse("@@homelab units\n")))
                .hasMessage("systemd did not answer");
    }

    @Test
    void timeIsKeptWhenAServiceRunsAndHasASource() {
        assertThat(UnitProbe.time(CHRONY, NOON)).isEqualTo(new Time(true, "chrony", NOON));
        assertThat(UnitProbe.time(HOST, NOON)).isEqualTo(new Time(false, "none", NOON));
    }

    @Test
    void aServiceWithoutASourceDoesNotKeepTheTime() {
        Sections lost = Sections.parse(Captures.text("synthetic-chrony-units").replace("Normal", "Not synchronised"));

        assertThat(UnitProbe.time(lost, NOON)).isEqualTo(new Time(false, "chrony", NOON));
    }

    @Test
    void aMarkLeftByAServiceThatWasStoppedDoesNotCount() {
        Sections stopped = Sections.parse(
                Captures.text("debian-12-host-units").replace("@@homelab synced", "@@homelab synced\nyes"));

        assertThat(UnitProbe.time(stopped, NOON).synced()).isFalse();
    }

    @Test
    void ufwIsActiveWhenItIsEnabled() {
        assertThat(UnitProbe.firewall(Captures.sections("synthetic-ubuntu-24.04-system"), HOST))
                .isEqualTo(new Firewall("ufw", true));
        assertThat(UnitProbe.firewall(Captures.sections("debian-12-host-system"), HOST))
                .isEqualTo(new Firewall("ufw", false));
    }

    @Test
    void otherFirewallsAreKnownByTheirUnits() {
        assertThat(UnitProbe.firewall(NO_UFW, CHRONY)).isEqualTo(new Firewall("nftables", true));
        assertThat(UnitProbe.firewall(NO_UFW, HOST)).isEqualTo(new Firewall("none", false));
        assertThat(UnitProbe.firewall(NO_UFW, running("netfilter-persistent")))
                .isEqualTo(new Firewall("iptables", true));
        assertThat(UnitProbe.firewall(Captures.sections("debian-12-host-system"), running("firewalld")))
                .isEqualTo(new Firewall("firewalld", true));
    }

    private static Sections running(String unit) {
        String was = "Id=" + unit + ".service\nLoadState=not-found\nActiveState=inactive";
        return Sections.parse(Captures.text("debian-12-host-units")
                .replace(was, "Id=" + unit + ".service\nLoadState=loaded\nActiveState=active"));
    }
}

package homelab.facts;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.facts.Facts.Listener;
import homelab.facts.Facts.Nic;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkProbeTest {

    @Test
    void readsAnInterfaceWithItsAddresses() {
        assertThat(NetworkProbe.nics(Captures.sections("debian-12-host-network")))
                .containsExactly(new Nic(
                        "eth0", "02:42:0a:4d:02:0b", true, List.of("10.77.2.11/24"), List.of(), true, 1500, false));
    }

    @Test
    void readsBusyboxsWayOfSayingTheSame() {
        assertThat(NetworkProbe.nics(Captures.sections("debian-12-busybox-network")))
                .isEqualTo(NetworkProbe.nics(Captures.sections("debian-12-host-network")));
    }

    @Test
    void leavesOutTheLoopbackAndThePodsEnds() {
        assertThat(NetworkProbe.nics(Captures.sections("debian-12-server-network")))
                .extracting(Nic::name)
                .containsExactly("flannel.1", "cni0", "eth0");
    }

    @Test
    void ofTwoWaysOutTheLesserMetricIsTheDefault() {
        assertThat(NetworkProbe.nics(Captures.sections("synthetic-two-ways-network")))
                .containsExactly(
                        new Nic(
                                "eth0",
                                "d8:3a:dd:11:22:33",
                                true,
                                List.of("10.0.1.10/24", "fd00::10/64"),
                                List.of("10.0.1.10/24"),
                                true,
                                1500,
                                false),
                        new Nic("wlan0", "d8:3a:dd:11:22:34", false, List.of(), List.of(), false, 1500, true),
                        new Nic("wg0", "", true, List.of("10.9.0.2/32"), List.of(), false, 1420, false));
    }

    @Test
    void withoutAWayForIpv4ThatOfIpv6IsTheDefault() {
        Sections said = Sections.parse("""
                @@homelab route

                @@homelab route6
                default via fe80::1 dev wlan0 proto ra metric 1024 pref medium
                """);

        assertThat(NetworkProbe.defaultNic(said)).contains("wlan0");
    }

    @Test
    void namesWhoListens() {
        assertThat(NetworkProbe.listeners(Captures.sections("debian-12-server-listeners")))
                .contains(
                        new Listener("*", 6443, "kube-apiserver"),
                        new Listener("10.77.2.11", 2380, "etcd"),
                        new Listener("[::]", 22, "sshd"))
                .hasSize(16);
    }

    @Test
    void aListenerWhoseProgramCannotBeSeenHasNoName() {
        assertThat(NetworkProbe.listeners(Captures.sections("debian-12-busybox-listeners")))
                .hasSize(3)
                .contains(new Listener("0.0.0.0", 22, ""), new Listener("::", 22, ""));
    }

    @Test
    void readsTheProgramThatNetstatNames() {
        Sections said = Sections.parse("""
                @@homelab listeners
                Proto Recv-Q Send-Q Local Address    Foreign Address   State    PID/Program name
                tcp        0      0 0.0.0.0:6443     0.0.0.0:*         LISTEN   123/nginx: master
                tcp        0      0 0.0.0.0:22       0.0.0.0:*         LISTEN   -
                """);

        assertThat(NetworkProbe.listeners(said))
                .containsExactly(new Listener("0.0.0.0", 6443, "nginx:"), new Listener("0.0.0.0", 22, ""));
    }
}

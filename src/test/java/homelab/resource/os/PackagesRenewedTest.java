package homelab.resource.os;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.NodeName;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import homelab.resource.Change;
import homelab.resource.Exports;
import homelab.resource.LocalSh;
import homelab.resource.Status;
import homelab.resource.Worst;
import homelab.resource.reboot.BootReasons;
import homelab.resource.reboot.Rebooted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PackagesRenewedTest {
    private static final PackagesRenewed PACKAGES = new PackagesRenewed(new Exports(Map.of()));

    /** apt 2.6.1 of Debian 12, captured; the last lines as it tells of a package that comes new with another. */
    private static final String CAPTURED = """
            hold lab-held
              lab-held phased-one
            Inst lab-tool [1.0] (1.1 localhost [all])
            Inst linux-image-lab [6.1] (6.2 localhost [all])
            Inst openssh-server [1:9.2p1-2+deb12u3] (1:9.2p1-2+deb12u4 Debian-Security:12/stable-security [arm64]) []
            Inst linux-headers-6.2 (6.2-1 Debian:12.9/stable [arm64])
            """;

    private static Readings told(int exit, String said) {
        Probe<Updates> probe = PackagesRenewed.updates();
        return new Readings(Map.of(probe.id(), LocalSh.reading(probe, exit, said)));
    }

    private static Updates updates(String said) {
        return told(0, said).of(PackagesRenewed.updates()).known().orElseThrow();
    }

    @Test
    void readsWhatIsDueAndWhatStays() {
        assertThat(updates(CAPTURED))
                .isEqualTo(new Updates(
                        List.of(
                                new Change("package lab-tool", "1.0", "1.1"),
                                new Change("package linux-image-lab", "6.1", "6.2"),
                                new Change("package openssh-server", "1:9.2p1-2+deb12u3", "1:9.2p1-2+deb12u4"),
                                new Change("package linux-headers-6.2", "absent", "6.2-1")),
                        List.of("lab-held"),
                        List.of("phased-one"),
                        List.of(),
                        false));
    }

    @Test
    void namesWhatComesIntoEffectByABoot() {
        assertThat(updates(CAPTURED).ofTheBoot()).containsExactly("linux-image-lab");
        assertThat(updates("Inst rpi-eeprom [1] (2 x [arm64])\nInst raspi-firmware [1] (2 x [all])\n")
                        .ofTheBoot())
                .containsExactly("rpi-eeprom", "raspi-firmware");
    }

    @Test
    void isSameWhereOnlyHeldPackagesHaveSomethingNewer() {
        assertThat(PACKAGES.status(told(0, "hold lab-held\n  lab-held\n"))).isEqualTo(Status.SAME);
    }

    @Test
    void isToBeDoneWhereAnInstallationBrokeOffOrAptIsAtWork() {
        assertThat(PACKAGES.status(told(0, "broken lab-tool\nbroken dpkg\n")))
                .isEqualTo(Status.drift(Worst.RESTART, "installation of lab-tool, dpkg", "broken off", "finished"));
        assertThat(PACKAGES.status(told(0, "at work\n")))
                .isEqualTo(Status.drift(Worst.RESTART, "apt", "at work since an earlier run", "done"));
    }

    @Test
    void isUnknownWhereAptCannotSay() {
        assertThat(PACKAGES.status(told(1, "E: The list of sources could not be read.\n")))
                .isEqualTo(new Status.Unknown("E: The list of sources could not be read."));
    }

    private static Status boot(String now, String due, Reading<List<String>> why) {
        Rebooted boot = new Rebooted(new NodeName("ultron"), "boot-1", false);
        Map<String, Reading<?>> readings = new HashMap<>();
        Probe<?> id = boot.probes().get(0);
        readings.put(id.id(), LocalSh.reading(id, 0, now));
        readings.put(PackagesRenewed.updates().id(), LocalSh.reading(PackagesRenewed.updates(), 0, due));
        BootReasons reasons = new BootReasons() {
            @Override
            public List<Probe<?>> probes() {
                return List.of();
            }

            @Override
            public Reading<List<String>> of(Readings asked) {
                return why;
            }
        };
        return new RebootedIfAsked(boot, reasons).status(new Readings(readings));
    }

    @Test
    void aBootWaitsForThePackagesAndIsDoneOnlyIfTheyAskForIt() {
        Reading<List<String>> none = new Reading.Known<>(List.of());
        assertThat(boot("boot-1", CAPTURED, none))
                .isEqualTo(new Status.Waits(
                        "the packages are renewed; a boot brings linux-image-lab into effect", Worst.REBOOT));
        assertThat(boot("boot-1", "", none)).isEqualTo(Status.SAME);
        assertThat(boot("boot-1", "", new Reading.Known<>(List.of("/run/reboot-required: libc6"))))
                .isEqualTo(Status.drift(Worst.REBOOT, "host ultron", "/run/reboot-required: libc6", "booted anew"));
    }

    @Test
    void isNotBootedTwiceAndNeverBlindly() {
        assertThat(boot("boot-2", "", new Reading.Known<>(List.of("kernel 6.1 runs"))))
                .isEqualTo(Status.SAME);
        assertThat(boot("boot-1", "", new Reading.Unknown<>("too slow"))).isEqualTo(new Status.Unknown("too slow"));
    }
}

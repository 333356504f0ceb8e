package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.probe.Readings;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelModulesTest {
    private static final KernelModules MODULES = new KernelModules(List.of("br_netfilter", "vxlan"));

    private static Status when(String modules, int containerExit) {
        Readings look = LocalSh.answering(MODULES, "kernel modules:br_netfilter,vxlan", modules);
        return MODULES.status(look.and(Fixtures.container(containerExit == 0)));
    }

    @Test
    void areLoadedWhereTheyAreAbsent() {
        assertThat(when("br_netfilter there\nvxlan absent\n", 1))
                .isEqualTo(Status.drift(Worst.CREATE, "kernel module vxlan", "absent", "loaded"));
    }

    @Test
    void areSameWhenThereEvenInAContainer() {
        assertThat(when("br_netfilter there\nvxlan there\n", 0)).isEqualTo(Status.SAME);
    }

    @Test
    void areNotAContainersAffair() {
        assertThat(when("br_netfilter there\nvxlan absent\n", 0)).isInstanceOf(Status.NotHere.class);
    }

    @Test
    void areUnknownWhenNotAsked() {
        assertThat(MODULES.status(Readings.NONE)).isInstanceOf(Status.Unknown.class);
    }

    @Test
    void theProbeFindsAModuleThatIsLoadedHere() {
        String loaded = new LocalSh().run("ls /sys/module | head -n 1").out().strip();
        KernelModules here = new KernelModules(List.of(loaded, "no_such_module"));
        assertThat(new LocalSh()
                        .readings(here.probes())
                        .of(here.probes().get(0))
                        .toString())
                .contains(loaded + "=there", "no_such_module=absent");
    }
}

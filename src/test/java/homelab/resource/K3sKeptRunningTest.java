package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Status.Drift;
import homelab.resource.Status.Refused;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class K3sKeptRunningTest {
    private static final K3sFingerprint WANTED =
            K3sFingerprint.of("a".repeat(64), "node-name: jarvis\n", Optional.empty(), "unit\n", "drop-in\n", true);
    private static final String NOTHING = "";
    private static final boolean OTHERS = true;
    private static final boolean OURS = false;

    private final K3sKeptRunning kept = new K3sKeptRunning(new K3sService("k3s", WANTED));

    @Test
    void leavesAProcessOfOthersAloneThoughNobodyWroteDownWhatItWasStartedWith() {
        assertThat(status(OTHERS, NOTHING, "enabled", "active", "no")).isEqualTo(Status.SAME);
    }

    @Test
    void anOlderUnitFileIsNoReasonBeforeTheTakeOver() {
        assertThat(status(OTHERS, NOTHING, "enabled", "active", "yes")).isEqualTo(Status.SAME);
    }

    @Test
    void onlyEnablesWhatDoesNotStartAtBoot() {
        assertThat(status(OTHERS, NOTHING, "disabled", "active", "no"))
                .isEqualTo(Status.drift(Worst.CHANGE, "service k3s at boot", "disabled", "enabled"));
    }

    @Test
    void startsWhatHasStoppedInTheMeantime() {
        assertThat(status(OTHERS, NOTHING, "enabled", "inactive", "no"))
                .isInstanceOfSatisfying(
                        Drift.class, drift -> assertThat(drift.worst()).isEqualTo(Worst.START));
    }

    @Test
    void isContentWithWhatTheTakeOverWroteDown() {
        assertThat(status(OURS, WANTED.text(), "enabled", "active", "no")).isEqualTo(Status.SAME);
    }

    @Test
    void refusesARestartThatTheTakeOverDidNotSay() {
        assertThat(status(OURS, NOTHING, "enabled", "active", "no")).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.problem().what()).contains("would be restarted after all");
            assertThat(refused.problem().fix()).contains("plans the restart");
        });
    }

    private Status status(boolean others, String started, String file, String active, String reload) {
        String service = started + "---\nLoadState=loaded\nUnitFileState=" + file + "\nActiveState=" + active
                + "\nNeedDaemonReload=" + reload + "\n";
        Probe<?> look = kept.probes().get(0);
        Probe<?> whose = kept.probes().get(1);
        return kept.status(new Readings(Map.of(
                look.id(), LocalSh.reading(look, 0, service), whose.id(), LocalSh.reading(whose, others ? 0 : 1, ""))));
    }
}

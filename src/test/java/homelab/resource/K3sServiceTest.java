package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.ClusterToken;
import homelab.model.Secret;
import homelab.resource.Status.Drift;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class K3sServiceTest {
    private static final K3sFingerprint WANTED =
            K3sFingerprint.of("a".repeat(64), "node-name: jarvis\n", Optional.empty(), "unit\n", "drop-in\n", false);
    private static final K3sFingerprint OLDER =
            K3sFingerprint.of("a".repeat(64), "node-name: ultron\n", Optional.empty(), "unit\n", "drop-in\n", false);
    private final K3sService service = new K3sService("k3s", WANTED);

    @TempDir
    Path folder;

    @Test
    void isSameWhenItRunsWithThePresentSettings() {
        assertThat(status(WANTED.text(), "loaded", "enabled", "active", "no")).isEqualTo(Status.SAME);
    }

    @Test
    void startsWhatIsNotThereYet() {
        assertThat(status("", "not-found", "", "inactive", "no")).isInstanceOfSatisfying(Drift.class, drift -> {
            assertThat(drift.worst()).isEqualTo(Worst.START);
            assertThat(drift.changes())
                    .containsExactly(
                            new Change("service k3s at boot", "absent", "enabled"),
                            new Change("service k3s", "inactive", "active"));
        });
    }

    @Test
    void restartsWhatWasStartedWithOlderSettingsAndNamesThem() {
        assertThat(status(OLDER.text(), "loaded", "enabled", "active", "no"))
                .isEqualTo(Status.drift(Worst.RESTART, "k3s runs with", "another config.yaml", "the wanted one"));
    }

    @Test
    void restartsWhatOthersStarted() {
        assertThat(status("", "loaded", "enabled", "active", "no"))
                .isInstanceOfSatisfying(
                        Drift.class, drift -> assertThat(drift.worst()).isEqualTo(Worst.RESTART));
    }

    @Test
    void restartsWhatSystemdStartedByAnOlderUnitFile() {
        assertThat(status(WANTED.text(), "loaded", "enabled", "active", "yes"))
                .isEqualTo(Status.drift(Worst.RESTART, "k3s runs with", "an older unit file", "the present one"));
    }

    @Test
    void onlyEnablesWhatRunsAlready() {
        assertThat(status(WANTED.text(), "loaded", "disabled", "active", "no"))
                .isEqualTo(Status.drift(Worst.CHANGE, "service k3s at boot", "disabled", "enabled"));
    }

    @ParameterizedTest
    @CsvSource({"activating", "failed", "deactivating"})
    void isNotSameBeforeItIsActive(String state) {
        assertThat(status(WANTED.text(), "loaded", "enabled", state, "no"))
                .isEqualTo(Status.drift(Worst.START, "service k3s", state, "active"));
    }

    @Test
    void doesNotJudgeAHostWhoseSystemdIsSilent() {
        assertThat(service.status(LocalSh.answering(service, "service:k3s", "---\n")))
                .isInstanceOf(Status.Unknown.class);
    }

    @Test
    void asksForTheSettingsBeforeTheState() {
        String shell = service.probes().get(0).shell();
        assertThat(shell.indexOf("k3s.started")).isLessThan(shell.indexOf("systemctl show"));
    }

    /** state now, fingerprint of the running one, stale unit file: whether the deed restarts. */
    @ParameterizedTest
    @CsvSource({
        "active,wanted,no,false",
        "activating,wanted,no,false",
        "active,older,no,true",
        "active,wanted,yes,true",
        "inactive,wanted,no,true",
        "failed,wanted,no,true"
    })
    void restartsOnlyWhatNeedsIt(String state, String started, String stale, boolean restarts) throws IOException {
        assertThat(restarted(service, started.equals("wanted") ? WANTED : OLDER, state, stale))
                .isEqualTo(restarts);
    }

    /** The token that a member was started with, and the one that it should have; none where it needs no file of it. */
    @ParameterizedTest
    @CsvSource({"then,now,true", "now,now,false", "none,now,false", "then,none,false", "none,none,false"})
    void aMemberIsRestartedForAnotherTokenExactlyWhereThePlanSaysSo(String then, String now, boolean restarts)
            throws IOException {
        K3sFingerprint started = member(then);
        K3sService wanted = new K3sService("k3s", member(now));

        Status planned = wanted.status(LocalSh.answering(
                wanted,
                "service:k3s",
                started.text()
                        + "---\nLoadState=loaded\nUnitFileState=enabled\nActiveState=active\nNeedDaemonReload=no\n"));

        assertThat(planned instanceof Drift).isEqualTo(restarts);
        assertThat(restarted(wanted, started, "active", "no")).isEqualTo(restarts);
    }

    private static K3sFingerprint member(String token) {
        Optional<ClusterToken> known =
                token.equals("none") ? Optional.empty() : Optional.of(new ClusterToken(new Secret(token)));
        return K3sFingerprint.of("a".repeat(64), "server: x\n", known, "unit\n", "drop-in\n", true);
    }

    private boolean restarted(K3sService k3s, K3sFingerprint started, String state, String stale) throws IOException {
        Path record = Files.writeString(folder.resolve("k3s.started"), started.text());
        Path log = folder.resolve("log");
        LocalSh sh = new FakeTools(folder)
                .with(
                        "systemctl",
                        "echo \"$*\" >>" + log + "\ncase $1 in show) echo " + stale + ";; is-active) echo " + state
                                + "; [ " + state + " = active ];; esac")
                .sh();
        String script = ((Deed.Shell) k3s.deed()).script().replace("/run/homelab/k3s.started", record.toString());
        assertThat(sh.run(script)).isEqualTo(new LocalSh.Ran(0, ""));
        assertThat(Files.readString(log)).contains("daemon-reload", "enable -q k3s");
        return Files.readString(log).contains("restart --no-block k3s");
    }

    @Test
    void tellsTheLikelyCauseAboveTheJournal() throws IOException {
        LocalSh sh = new FakeTools(folder)
                .with("journalctl", "echo 'listen tcp :6443: bind: address already in use'")
                .sh();
        var probe = service.diagnosis().orElseThrow();
        assertThat(LocalSh.reading(probe, 0, sh.run(probe.shell()).out())
                        .known()
                        .orElseThrow())
                .startsWith("likely another program has a port that k3s needs:")
                .endsWith("bind: address already in use");
    }

    private Status status(String started, String load, String file, String active, String reload) {
        String systemd = "LoadState=" + load + "\nUnitFileState=" + file + "\nActiveState=" + active
                + "\nNeedDaemonReload=" + reload + "\n";
        return service.status(LocalSh.answering(service, "service:k3s", started + "---\n" + systemd));
    }
}

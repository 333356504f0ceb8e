package homelab.phase;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Backup;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.model.Secret;
import homelab.model.SecretSource;
import homelab.plan.Step;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Status;
import homelab.resource.TextFile;
import homelab.resource.backup.SavedSets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class BackupPhasesTest {
    private static final NodeName JARVIS = new NodeName("jarvis");
    private static final NodeName ULTRON = new NodeName("ultron");
    private static final Backup BACKUP = new Backup(
            List.of(new Backup.Place(JARVIS, "/srv/backup"), new Backup.Place(ULTRON, "/mnt/ssd")),
            new SecretSource.FromEnv("PASSWORD"),
            List.of("all"),
            List.of(),
            Backup.Keep.USUAL,
            2,
            Optional.of("03:30"));
    private static final Cluster TWO = SampleSite.twoPis().with(BACKUP);
    private static final Map<NodeName, List<String>> HOST_KEYS =
            Map.of(JARVIS, List.of("ssh-ed25519 HOSTJ"), ULTRON, List.of("ssh-ed25519 HOSTU"));

    private static List<Step> steps(BackupSeen seen, UnaryOperator<List<Node>> chosen) {
        Site site = new Site(TWO, Map.of(), Optional.empty(), Map.of(), Optional.empty());
        BackupPhases phases =
                new BackupPhases(TWO, BACKUP, chosen.apply(TWO.nodes()), new Secret("correct horse"), () -> seen);
        return phases.run("run-1", Optional.of(JARVIS), Map.of(ULTRON, List.of("web/data"))).stream()
                .flatMap(phase -> phase.steps(site).stream())
                .toList();
    }

    private static List<String> told(List<Step> steps) {
        return steps.stream()
                .map(step -> step.target() + " " + step.resource().id())
                .toList();
    }

    private static BackupSeen keys(Map<NodeName, String> keys, Map<NodeName, List<String>> authorized) {
        return new BackupSeen(keys, HOST_KEYS, authorized);
    }

    private static String text(List<Step> steps, String target, String file) {
        return steps.stream()
                .filter(step -> step.target().toString().equals(target))
                .map(Step::resource)
                .filter(resource -> resource.id().equals("file " + file))
                .map(resource -> ((TextFile) resource).content().reveal())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void workloadsArePausedAfterAllElseAndForTheirOwnCopyAlone() {
        List<String> told = told(steps(keys(Map.of(), Map.of()), nodes -> nodes));

        assertThat(told.get(0)).isEqualTo("jarvis workloads that were paused");
        assertThat(told.subList(told.size() - 5, told.size()))
                .containsExactly(
                        "jarvis copies of jarvis",
                        "ultron copies of ultron",
                        "jarvis pause of web/data",
                        "ultron copies of ultron: web/data",
                        "jarvis workloads that were paused");
        assertThat(((Deed.Shell) new SavedSets(ULTRON, "run-1", List.of(), List.of("web/data")).deed()).script())
                .contains("HOMELAB_LEAVE='web/data'");
    }

    @Test
    void eachKeepsTheOthersCopiesAndLetsItInForFileTransferAlone() {
        List<Step> steps = steps(
                keys(Map.of(JARVIS, "ssh-ed25519 AAAJ homelab-backup jarvis", ULTRON, "ssh-ed25519 AAAU x"), Map.of()),
                nodes -> nodes);

        assertThat(text(steps, "jarvis", "/var/lib/homelab-backup/.ssh/authorized_keys"))
                .isEqualTo("command=\"internal-sftp\",restrict ssh-ed25519 AAAU homelab-backup ultron\n");
        assertThat(text(steps, "ultron", "/var/lib/homelab/backup/known_hosts"))
                .isEqualTo("10.0.1.10 ssh-ed25519 HOSTJ\n");
        assertThat(text(steps, "ultron", "/var/lib/homelab/backup/settings"))
                .contains("repository='sftp:homelab-backup@10.0.1.10:/srv/backup/ultron'")
                .contains("StrictHostKeyChecking=yes")
                .doesNotContain("correct horse");
        assertThat(told(steps)).contains("jarvis folder for copies /srv/backup", "ultron folder for copies /mnt/ssd");
    }

    @Test
    void aKeyThatIsNotMadeYetIsWaitedForAndOneOfAnAbsentNodeStays() {
        String line = "command=\"internal-sftp\",restrict ssh-ed25519 OLD homelab-backup ultron";

        List<Step> waiting = steps(keys(Map.of(), Map.of()), nodes -> nodes);
        assertThat(waiting)
                .anyMatch(step -> step.resource().status(Readings.NONE) instanceof Status.Waits waits
                        && waits.until().equals("the key of ultron is made"));

        List<Step> absent = steps(keys(Map.of(), Map.of(JARVIS, List.of(line))), nodes -> nodes.subList(0, 1));
        assertThat(text(absent, "jarvis", "/var/lib/homelab-backup/.ssh/authorized_keys"))
                .isEqualTo(line + "\n");
    }

    @Test
    void aHostWhoseKeysAreNotKnownIsNotTrustedBlindly() {
        List<Step> steps = steps(new BackupSeen(Map.of(), Map.of(), Map.of()), nodes -> nodes);

        assertThat(steps)
                .filteredOn(step -> step.resource().id().endsWith("/known_hosts"))
                .hasSize(2)
                .allMatch(step -> step.resource().status(Readings.NONE) instanceof Status.Unknown);
    }
}

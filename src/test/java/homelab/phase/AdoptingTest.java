package homelab.phase;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.adopt.Arguments;
import homelab.adopt.ConfigText;
import homelab.adopt.Found;
import homelab.adopt.Found.ConfigFile;
import homelab.problem.Problem;
import homelab.resource.Change;
import homelab.resource.K3sAdoption;
import homelab.resource.K3sConfig;
import homelab.resource.K3sFingerprint;
import homelab.resource.TextFile;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What of a k3s of others is taken over, and what is refused. */
class AdoptingTest {
    private static final String WANTED = """
            node-name: jarvis
            node-ip: 10.0.1.10
            cluster-cidr: 10.42.0.0/16
            service-cidr: 10.43.0.0/16
            secrets-encryption: true
            disable: [servicelb, traefik]
            """;
    private static final String EQUAL = "secrets-encryption: true\ndisable: [traefik, servicelb]\n";
    private static final String OWN = K3sConfig.PATH + ".d/90-own.yaml";

    @Test
    void goesOnRunningWhereAllIsEqual() {
        K3sAdoption adoption = adoption(found(EQUAL));

        assertThat(adoption.against()).isEmpty();
        assertThat(adoption.started()).as("what runs is written down").isPresent();
        assertThat(last(adoption)).isEqualTo(new Change("k3s", "runs with equal arguments", "goes on running"));
    }

    @Test
    void isRestartedWhereTheInventoryWantsSomethingElse() {
        K3sAdoption adoption = adoption(found("secrets-encryption: true\ndisable: [traefik]\n"));

        assertThat(adoption.against()).isEmpty();
        assertThat(adoption.started()).isEmpty();
        assertThat(adoption.changes())
                .contains(new Change("differs: disable (the unit's arguments)", "traefik", "servicelb, traefik"));
        assertThat(last(adoption).after()).isEqualTo("is restarted in its turn");
    }

    @Test
    void takesOverATokenThatStandsInAnArgumentAlone() {
        K3sAdoption adoption = adoption(found(EQUAL + "token: correct-horse\n"));

        assertThat(adoption.against()).isEmpty();
        assertThat(adoption.started()).isPresent();
        assertThat(adoption.changes())
                .contains(new Change(
                        "token",
                        "in the unit's arguments",
                        "in /var/lib/rancher/k3s/server/token, where k3s keeps it"));
        assertThat(adoption.toString()).doesNotContain("correct-horse");
    }

    @Test
    void refusesAnotherDataDirectory() {
        Problem problem = refused(found(EQUAL + "data-dir: /mnt/ssd/k3s\n"));

        assertThat(problem.what()).isEqualTo("jarvis: its k3s has its data-dir elsewhere");
        assertThat(problem.why()).contains("--data-dir is /mnt/ssd/k3s");
        assertThat(problem.fix()).isNotEmpty();
        assertThat(adoption(found(EQUAL + "data-dir: /var/lib/rancher/k3s\n")).against())
                .isEmpty();
    }

    @Test
    void refusesAnotherFileOfSettings() {
        assertThat(refused(found(EQUAL + "config: /opt/k3s.yaml\n")).what()).contains("has its config elsewhere");
    }

    @Test
    void refusesAnotherNetworkOfPodsOrServices() {
        Problem pods = refused(found(EQUAL + "cluster-cidr: 10.52.0.0/16\n"));

        assertThat(pods.what()).isEqualTo("jarvis: its cluster was founded with another cluster-cidr");
        assertThat(pods.why()).contains("it has 10.52.0.0/16, the inventory says 10.42.0.0/16");
        assertThat(pods.fix()).isEqualTo("set network.pods in the inventory to 10.52.0.0/16");
        assertThat(refused(found(EQUAL + "service-cidr: 10.53.0.0/16\n")).fix())
                .isEqualTo("set network.services in the inventory to 10.53.0.0/16");
    }

    @Test
    void refusesToLoseASecretThatNoInventoryMayHold() {
        Problem problem = refused(found(EQUAL + "agent-token: battery-staple\n"));

        assertThat(problem.why()).isEqualTo("agent-token would be lost");
        assertThat(problem.fix()).contains(K3sConfig.PATH + ".d/");
        assertThat(problem.toString()).doesNotContain("battery-staple");
    }

    @Test
    void refusesADropInThatStaysAndContradictsTheInventory() {
        Problem problem = refused(with(dropIn("etcd-arg: [heartbeat-interval=500]\ndisable: [coredns]\n")));

        assertThat(problem.what()).isEqualTo("jarvis: " + OWN + " says disable otherwise than the inventory");
        assertThat(problem.fix()).contains("take disable out of " + OWN);
    }

    @Test
    void leavesADropInWithKeysOfItsOwnWhereItIs() {
        K3sAdoption adoption = adoption(with(dropIn("etcd-arg: [heartbeat-interval=500]\n")));

        assertThat(adoption.against()).isEmpty();
        assertThat(adoption.leaving()).isEmpty();
        assertThat(adoption.started()).as("k3s reads it as before").isPresent();
    }

    @Test
    void takesADropInAwayThatSaysNothingOfItsOwn() {
        assertThat(adoption(with(dropIn("disable: [traefik, servicelb]\n"))).leaving())
                .containsExactly(OWN);
    }

    @Test
    void refusesWhatNobodyAskedFor() {
        Adopting unasked = new Adopting(
                SampleSite.twoNodes().get(0), found(EQUAL), ConfigText.read(WANTED, "config.yaml"), false, true, true);

        Problem problem =
                unasked.resource(List.of(), Optional.empty()).against().orElseThrow();
        assertThat(problem.what()).isEqualTo("jarvis: runs a k3s that homelab did not install");
        assertThat(problem.why()).contains("taken over it goes on running");
    }

    private static Change last(K3sAdoption adoption) {
        return adoption.changes().get(adoption.changes().size() - 1);
    }

    private static Problem refused(Found found) {
        return adoption(found).against().orElseThrow();
    }

    private static K3sAdoption adoption(Found found) {
        Adopting adopting = new Adopting(
                SampleSite.twoNodes().get(0), found, ConfigText.read(WANTED, "config.yaml"), true, true, true);
        K3sFingerprint fingerprint = K3sFingerprint.of("a".repeat(64), WANTED, Optional.empty(), "", "", true);
        return adopting.resource(List.of(TextFile.of(K3sConfig.PATH, WANTED)), Optional.of(fingerprint));
    }

    private static ConfigFile dropIn(String yaml) {
        Arguments says = ConfigText.read(yaml, OWN);
        return new ConfigFile(OWN, Set.copyOf(says.values().keySet()), says);
    }

    /** One whose drop-in is part of what runs. */
    private static Found with(ConfigFile file) {
        return found(file.says().over(ConfigText.read(EQUAL, "the unit's arguments")), List.of(file));
    }

    private static Found found(String arguments) {
        return found(ConfigText.read(arguments, "the unit's arguments"), List.of());
    }

    private static Found found(Arguments arguments, List<ConfigFile> configs) {
        return new Found(
                "k3s",
                "/etc/systemd/system/k3s.service",
                false,
                true,
                "/usr/local/bin/k3s",
                arguments,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                configs,
                "jarvis",
                "10.0.1.10");
    }
}

package homelab.doctor.sto;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.doctor.Houses;
import homelab.doctor.Verdicts;
import homelab.model.Backup;
import homelab.model.Cluster;
import homelab.model.NodeName;
import homelab.model.SecretSource;
import homelab.phase.SampleSite;
import homelab.probe.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CopiesTest {
    private static final Cluster TWO = SampleSite.twoPis()
            .with(new Backup(
                    List.of(new Backup.Place(new NodeName("jarvis"), "/srv/backup")),
                    new SecretSource.FromEnv("PASSWORD"),
                    List.of("web"),
                    List.of(new Backup.Folder(new NodeName("ultron"), "/home/pi", false)),
                    Backup.Keep.USUAL,
                    3,
                    Optional.empty()));

    private static Houses house(String ultron, String claimMade) {
        Houses houses = Houses.of(TWO)
                .lists(
                        Longhorn.CLASSES,
                        "[{\"metadata\": {\"name\": \"local-path\"}, \"provisioner\": \"rancher.io/local-path\"}]")
                .lists(Claims.CLAIMS, "[" + claim("web", claimMade) + "," + claim("home", claimMade) + "]")
                .lists(Pinned.VOLUMES, "[" + volume("web") + "," + volume("home") + "]");
        for (var node : TWO.nodes()) {
            Probe<?> last = new Copies().probes(TWO, node).get(0);
            houses = houses.answers(node.name().text(), last, node.name().text().equals("ultron") ? ultron : "");
        }
        return houses;
    }

    private static String claim(String namespace, String made) {
        return "{\"metadata\": {\"namespace\": \"" + namespace + "\", \"name\": \"data\", \"creationTimestamp\": \""
                + made + "\"}}";
    }

    private static String volume(String namespace) {
        return """
                {"metadata": {"name": "pv"}, "status": {"phase": "Bound"}, "spec": {"storageClassName": "local-path",
                 "claimRef": {"namespace": "%s", "name": "data"}, "nodeAffinity": {"required": {"nodeSelectorTerms":
                 [{"matchExpressions": [{"key": "kubernetes.io/hostname", "operator": "In", "values": ["ultron"]}]}]}}}}""".formatted(namespace);
    }

    private static String copied(int daysAgo) {
        long at = Houses.NOW.minus(Duration.ofDays(daysAgo)).getEpochSecond();
        return at + " claim web/data as-found aaaaaaaa\n" + at + " dir /home/pi as-found bbbbbbbb\n";
    }

    private static final String LONG_AGO = Instant.EPOCH.toString();

    @Test
    void passesOfWhatWasCopiedLately() {
        assertThat(Verdicts.of(new Copies(), house(copied(2), LONG_AGO))).containsExactly("PASS jarvis", "PASS ultron");
    }

    @Test
    void warnsOfACopyThatIsOlderThanTheInventorySays() {
        assertThat(Verdicts.of(new Copies(), house(copied(4), LONG_AGO)))
                .containsExactly("PASS jarvis", "WARN ultron /home/pi", "WARN PersistentVolumeClaim web/data");
        assertThat(Verdicts.of(new Copies(), house("", LONG_AGO))).hasSize(3).contains("WARN ultron /home/pi");
    }

    @Test
    void aClaimOfTodayNeedNotHaveBeenCopiedYet() {
        String lately = Houses.NOW.minus(Duration.ofHours(1)).toString();

        assertThat(Verdicts.of(new Copies(), house("", lately))).containsExactly("PASS jarvis", "WARN ultron /home/pi");
    }

    @Test
    void whatCouldNotBeLookedAtIsNotFine() {
        assertThat(Verdicts.of(new Copies(), house(copied(2), LONG_AGO).lost("ultron", "no route")))
                .containsExactly("PASS jarvis", "UNKNOWN ultron");
        assertThat(Verdicts.of(new Copies(), house(copied(2), LONG_AGO).listsNothing(Claims.CLAIMS, "HTTP 500")))
                .containsExactly("UNKNOWN jarvis", "UNKNOWN ultron");
    }

    @Test
    void judgesNothingWhereTheInventoryNamesNothing() {
        assertThat(Verdicts.of(new Copies(), Houses.twoPis())).containsExactly("NOT_APPLICABLE cluster");
        assertThat(new Copies().probes(SampleSite.twoPis(), TWO.nodes().get(0))).isEmpty();
    }
}

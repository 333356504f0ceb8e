package homelab.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import homelab.doctor.gitops.GitopsChecks;
import homelab.doctor.place.PlaceChecks;
import homelab.doctor.pod.PodChecks;
import homelab.doctor.sec.SecChecks;
import homelab.doctor.sto.StoChecks;
import homelab.model.Cluster;
import homelab.model.NodeName;
import homelab.model.Placement;
import homelab.phase.Clusters;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of checks that judge what the API lists: none takes what it could not see, or does not understand, for well or for an error. */
class OddAnswersTest {
    /** With something to judge for every check. */
    private static final Cluster PLACING = Clusters.placing(
            Clusters.twoPis(), new Placement("web", new Placement.Of("page"), List.of(new NodeName("ultron")), true));

    static List<Check> checks() {
        return Stream.of(PodChecks.all(), SecChecks.all(), PlaceChecks.all(), GitopsChecks.all(), StoChecks.all())
                .flatMap(List::stream)
                .filter(check -> !check.listings().isEmpty())
                .filter(check -> !check.id().equals("STO-009")) // which judges what hosts tell, too: CopiesTest
                .toList();
    }

    private static Houses all(Check check, String items) {
        Houses houses = Houses.of(PLACING);
        check.listings().forEach(listing -> houses.lists(listing, items));
        return houses;
    }

    @ParameterizedTest
    @MethodSource("checks")
    void neverPassesWhatIsForbidden(Check check) {
        Houses houses = Houses.of(PLACING);
        check.listings().forEach(listing -> houses.listsNothing(listing, "forbidden (HTTP 403)"));

        assertThat(check.judge(houses.house()))
                .isNotEmpty()
                .allMatch(finding ->
                        finding.verdict() == Verdict.UNKNOWN && finding.what().contains("forbidden"));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void failsOfNothingInAnEmptyCluster(Check check) {
        assertThat(check.judge(all(check, "[]").house()))
                .isNotEmpty()
                .noneMatch(finding -> finding.verdict() == Verdict.FAIL);
    }

    @ParameterizedTest
    @MethodSource("checks")
    void breaksOnNothingHoweverItIsMangled(Check check) {
        for (String odd : List.of(
                "[null, 1, \"x\", [], {}]",
                "[{\"metadata\": null, \"spec\": 7, \"status\": []}]",
                "[{\"metadata\": {\"name\": {}, \"labels\": [1], \"ownerReferences\": {\"a\": 1}, \"creationTimestamp\": \"yesterday\"},"
                        + " \"spec\": {\"containers\": [null, {\"resources\": {\"limits\": {\"memory\": \"1e999999999\"}}}], \"tolerations\":"
                        + " 5, \"nodeAffinity\": \"x\", \"ingress\": [{\"from\": [{\"ipBlock\": {\"cidr\": \"no/x\"}}]}], \"policyTypes\":"
                        + " \"Ingress\"}, \"status\": {\"phase\": 4, \"conditions\": \"none\", \"containerStatuses\": [[], 3],"
                        + " \"allocatable\": {\"memory\": \"-1\"}, \"resources\": [null], \"diskStatus\": [1]}, \"value\": {},"
                        + " \"webhooks\": [null, {\"clientConfig\": 1}]}]")) {
            assertThatCode(() -> check.judge(all(check, odd).house())).as(odd).doesNotThrowAnyException();
        }
    }
}

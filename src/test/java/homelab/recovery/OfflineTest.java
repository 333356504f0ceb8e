package homelab.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.probe.Answer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may not happen when all that containerd keeps is moved aside. */
class OfflineTest {
    private static final String WELL = """
            folder plain
            used 120000
            free 900000
            names yes
            archive k3s-airgap-images-arm64.tar.zst
            kept default/web-0
            said failed to recover state
            end
            """;
    private static final NodePod WEB = pod("default/web-0", false, false, "busybox:1");

    private static NodePod pod(String name, boolean once, boolean ended, String image) {
        return new NodePod("ultron", name, once, ended, List.of(image));
    }

    private static Ground ground(String text) {
        return Ground.PROBE.parser().apply(new Answer(0, text.getBytes(UTF_8), false));
    }

    private static Offline offline(Set<String> rerun, NodePod... pods) {
        return new Offline("ultron", Optional.of(List.of(pods)), rerun, Set.of("jarvis", "192.168.1.11"));
    }

    @Test
    void hasNothingAgainstANodeOnWhichAllIsDead() {
        assertThat(offline(Set.of(), WEB).against(ground(WELL))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "end, 'runs default/web-0\nend', something runs still, sudo reboot",
        "folder plain, folder mount, cannot be moved aside, another folder",
        "folder plain, folder link, cannot be moved aside, another folder",
        "free 900000, free 119999, too little room, make room",
    })
    void refusesWhereItWouldDoHarm(String was, String is, String what, String fix) {
        assertThat(offline(Set.of(Offline.ANY), WEB).against(ground(WELL.replace(was, is))))
                .hasValueSatisfying(problem -> {
                    assertThat(problem.what()).contains("ultron: not offline", what);
                    assertThat(problem.fix()).contains(fix);
                });
    }

    @Test
    void refusesWhereNoImageWouldComeBack() {
        String bare = WELL.replace("names yes", "names no").replaceAll("archive .*\n", "");

        assertThat(offline(Set.of(), WEB).against(ground(bare)))
                .hasValueSatisfying(problem -> assertThat(problem.what()).contains("no image would come back"));
        assertThat(offline(Set.of(), WEB).against(ground("mirror 192.168.1.9:5000\n" + bare)))
                .isEmpty();
    }

    @Test
    void runsNothingTwiceThatNobodyNamed() {
        NodePod job = pod("batch/import-27", true, false, "busybox:1");
        NodePod over = pod("batch/import-26", true, true, "busybox:1");

        assertThat(offline(Set.of(), WEB, job, over).against(ground(WELL))).hasValueSatisfying(problem -> {
            assertThat(problem.what()).contains("batch/import-27").doesNotContain("import-26", "web-0");
            assertThat(problem.fix()).endsWith("--rerun batch/import-27");
        });
        assertThat(offline(Set.of("batch/import-27"), WEB, job).against(ground(WELL)))
                .isEmpty();
    }

    @Test
    void asksForAWordWhereNoApiTellsThePods() {
        Offline blind = new Offline("jarvis", Optional.empty(), Set.of(), Set.of());

        assertThat(blind.against(ground(WELL))).hasValueSatisfying(problem -> {
            assertThat(problem.why()).contains("no API answers", "default/web-0");
            assertThat(problem.fix()).endsWith("--node jarvis --rerun any");
        });
        assertThat(new Offline("jarvis", Optional.empty(), Set.of(Offline.ANY), Set.of()).against(ground(WELL)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.1.11:5000/web:3, true",
        "registry.lab.svc.cluster.local/web, true",
        "localhost:5000/web, true",
        "ghcr.io/home/web, false",
        "home/web, false",
        "busybox:1, false"
    })
    void warnsOfARegistryThatWaitsForItsOwnImages(String image, boolean own) {
        List<String> warnings =
                offline(Set.of(), pod("default/web-0", false, false, image)).warnings(ground(WELL));

        assertThat(warnings.stream().anyMatch(told -> told.contains("in this very cluster")))
                .isEqualTo(own);
        assertThat(warnings.get(0)).contains("k3s-airgap-images-arm64.tar.zst");
    }
}

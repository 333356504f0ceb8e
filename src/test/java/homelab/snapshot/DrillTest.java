package homelab.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DrillTest {

    @Test
    void whatTheHostWroteDownIsRead() {
        Optional<Drill> drill = Drill.parse("""
                result pass
                snapshot before-jarvis-1
                at 2000
                taken 1000
                seconds 9
                namespaces 4
                secrets 6
                objects 339
                revision 549
                """);

        assertThat(drill)
                .contains(new Drill(
                        Drill.Result.PASS,
                        "before-jarvis-1",
                        Instant.ofEpochSecond(2000),
                        Instant.ofEpochSecond(1000),
                        Duration.ofSeconds(9),
                        Map.of("namespaces", 4L, "secrets", 6L, "objects", 339L, "revision", 549L),
                        ""));
    }

    @Test
    void oneThatFailedSaysWhyAndNothingIsNoDrill() {
        assertThat(Drill.parse("result fail\nwhy a Secret: cannot be opened\n"))
                .get()
                .returns(Drill.Result.FAIL, Drill::result)
                .returns("a Secret: cannot be opened", Drill::why)
                .returns(Map.of(), Drill::counted);
        assertThat(Drill.parse("")).isEmpty();
        assertThat(Drill.parse("result maybe\n")).isEmpty();
        assertThat(Drill.parse("result pass\nsecrets many\n")).get().returns(Map.of(), Drill::counted);
    }

    @Test
    void theScriptBringsItsOwnWayToSeeWhetherAFileIsWhole() {
        assertThat(Drill.script()).contains("whole() {").contains("${name:-").doesNotContain("$${");
    }
}

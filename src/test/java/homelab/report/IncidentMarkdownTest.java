package homelab.report;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.incident.Happening;
import homelab.incident.Incident;
import homelab.incident.Kind;
import homelab.incident.Link;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncidentMarkdownTest {
    private static final Instant NIGHT = Instant.parse("2026-11-22T04:44:00Z");

    @Test
    void tellsAShortAnswerFirst() {
        Incident incident = new Incident(
                "home",
                NIGHT.minusSeconds(3600),
                NIGHT.plusSeconds(3600),
                List.of(new Happening("ultron", NIGHT, NIGHT.plusSeconds(90), 24, Kind.SANDBOX, "a | b\n<i>")),
                List.of(new Link(NIGHT, "ultron: the power failed", "its boot ended", false, "a battery")),
                List.of("jarvis: does not answer"));

        assertThat(IncidentMarkdown.of(incident)).isEqualTo("""
                # home, 2026-11-22 03:44 to 2026-11-22 05:44 UTC

                ultron: the power failed, 11-22 04:44:00, as it seems.

                ## Likely chain of causes

                1. 11-22 04:44:00 **ultron: the power failed** (likely): its boot ended

                ## What would have prevented it, or mended it

                - a battery

                ## Timeline

                By the clock that each node had.

                | UTC | Node | What | Written |
                |---|---|---|---|
                | 11-22 04:44:00 to 04:45:30 | ultron | names of pods were taken, 24 times | a \\\\| b\\\\\\\\n&lt;i> |

                ## What could not be read

                - jarvis: does not answer
                """.replace("\\\\", "\\"));
    }

    @Test
    void saysOfAQuietNightThatItWas() {
        Incident quiet = new Incident("home", NIGHT, NIGHT, List.of(), List.of(), List.of());

        assertThat(IncidentMarkdown.of(quiet)).endsWith("\nNothing went wrong that was written down.\n");
    }
}

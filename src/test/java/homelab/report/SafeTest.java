package homelab.report;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.json.JsonAnswer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SafeTest {

    @Test
    void showsTheCodeOfWhatWouldDoHarm() {
        assertThat(Safe.text("\u001b[2J \u009b2J \u007f \u202e \u2028 \ud800 \uffff é\n"))
                .isEqualTo("\\x1b[2J \\x9b2J \\x7f \\u202e \\u2028 \\ud800 \\uffff é\n");
    }

    @Test
    void jsonIsHarmlessAndStillTheSame() {
        String foreign = "\u001b[2J\u009b2J\u007f\u202e\u2028\udb40\udc41 é 🥧\n";

        String json = Json.document("x", Map.of("a", foreign));

        assertThat(json).contains("\\u009b2J\\u007f\\u202e\\u2028\\udb40\\udc41 é 🥧\\n");
        assertThat(JsonAnswer.tree(json).path("a").asText()).isEqualTo(foreign);
    }
}

package homelab.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.json.JsonAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresenceTest {

    @Test
    void keepsOnlyThatAFieldIsThereWhateverStandsInIt() {
        JsonNode item = JsonAnswer.tree("""
                {"sources": [{"helm": {"values": "password: x", "valuesObject": {"a": "y"}}, "path": "p"}, {"helm": {}}]}""");

        assertThat(Presence.only(item, List.of("sources.helm.values?", "sources.helm.valuesObject?", "sources.path")))
                .hasToString(
                        "{\"sources\":[{\"helm\":{\"values\":true,\"valuesObject\":true},\"path\":\"p\"},{\"helm\":{}}]}");
        assertThat(Presence.path("a.b?")).isEqualTo("a.b");
    }

    @Test
    void ofAListKeepsOnlyTheWordsThatBeginSo() {
        JsonNode item = JsonAnswer.tree("""
                {"containers": [{"args": ["--password=x", "--storage.tsdb.retention.time=7d", 3]}, {"args": "--password=y"}, {}]}""");

        assertThat(Presence.only(item, List.of("containers.args~--storage.tsdb.retention.", "containers.args~--log.")))
                .hasToString("{\"containers\":[{\"args\":[\"--storage.tsdb.retention.time=7d\"]},{\"args\":[]},{}]}");
        assertThat(Presence.path("containers.args~--storage.tsdb")).isEqualTo("containers.args");
    }
}

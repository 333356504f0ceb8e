package homelab.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestTest {
    private static final List<String> KNOWN = List.of("address", "role", "node-ip", "labels");

    @Test
    void countsSwappedNeighboursAsOneMistake() {
        assertThat(Suggest.distance("role", "rloe")).isEqualTo(1);
        assertThat(Suggest.distance("role", "rolle")).isEqualTo(1);
        assertThat(Suggest.distance("role", "")).isEqualTo(4);
        assertThat(Suggest.distance("kitten", "sitting")).isEqualTo(3);
    }

    @Test
    void findsTheNearestWord() {
        assertThat(Suggest.nearest("adress", KNOWN)).contains("address");
        assertThat(Suggest.nearest("NODE_IP", KNOWN)).contains("node-ip");
        assertThat(Suggest.nearest("label", KNOWN)).contains("labels");
    }

    @Test
    void keepsSilentWhenNothingIsNear() {
        assertThat(Suggest.nearest("zebra", KNOWN)).isEmpty();
        assertThat(Suggest.nearest("", KNOWN)).isEmpty();
        assertThat(Suggest.nearest("x".repeat(100_000), KNOWN)).isEmpty();
    }

    @Test
    void listsTheChoiceWhenNothingIsNear() {
        assertThat(Suggest.fix("zebra", KNOWN)).isEqualTo("there is: address, role, node-ip, labels");
        assertThat(Suggest.fix("rol", KNOWN)).isEqualTo("did you mean role?");
    }
}

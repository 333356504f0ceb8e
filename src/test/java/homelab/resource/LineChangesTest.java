package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineChangesTest {

    @Test
    void pairsWhatWentWithWhatCame() {
        assertThat(LineChanges.between("f", "a\nb\nc\n", "a\nx\nc\nd\n"))
                .containsExactly(new Change("f", "b", "x"), new Change("f", "absent", "d"));
    }

    @Test
    void countsALineAsOftenAsItStands() {
        assertThat(LineChanges.between("f", "a\na\n", "a\n")).containsExactly(new Change("f", "a", "absent"));
    }

    @Test
    void showsThreeAndCountsTheRest() {
        assertThat(LineChanges.between("f", "", "1\n2\n3\n4\n5\n"))
                .hasSize(4)
                .last()
                .isEqualTo(new Change("f", "2 more lines", "differ"));
    }

    @Test
    void saysSoWhenOnlyTheOrderDiffers() {
        assertThat(LineChanges.between("f", "a\nb\n", "b\na\n"))
                .containsExactly(new Change("f", "same lines", "other order, blank lines or line ends"));
    }

    @Test
    void cutsALongLine() {
        assertThat(LineChanges.between("f", "", "x".repeat(500)).get(0).after())
                .hasSize(161)
                .endsWith("…");
    }
}

package homelab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void letsLibrariesSayMoreTheOftenerItIsAsked() {
        assertThat(Main.level("plan")).isEqualTo("off");
        assertThat(Main.level("plan", "-v")).isEqualTo("info");
        assertThat(Main.level("plan", "--verbose")).isEqualTo("info");
        assertThat(Main.level("plan", "-v", "-o", "json", "-v")).isEqualTo("debug");
        assertThat(Main.level("plan", "-vv")).isEqualTo("debug");
    }

    @Test
    void neverLetsThemWriteTheBytesOfPackets() {
        assertThat(Main.level("plan", "-vvvvvv")).isEqualTo("debug");
    }
}

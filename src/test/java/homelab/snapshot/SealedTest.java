package homelab.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import homelab.model.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SealedTest {
    private static final AgeKey OURS = AgeKey.make();
    private static final AgeKey THEIRS = AgeKey.make();

    private static byte[] sealed(byte[] clear, String... recipients) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream sealing = Sealed.into(out, List.of(recipients))) {
            sealing.write(clear);
        }
        return out.toByteArray();
    }

    private static byte[] opened(byte[] sealed, AgeKey key) throws IOException {
        return Sealed.open(new ByteArrayInputStream(sealed), key.identity()).readAllBytes();
    }

    @Test
    void whatIsSealedForSeveralCanBeOpenedByEach() throws IOException {
        byte[] clear = new byte[300_000]; // some pieces of 64 KiB, and a rest
        new Random(7).nextBytes(clear);
        byte[] sealed = sealed(clear, OURS.recipient(), THEIRS.recipient());

        assertThat(new String(sealed, 0, 21, StandardCharsets.US_ASCII)).isEqualTo("age-encryption.org/v1");
        assertThat(opened(sealed, OURS)).isEqualTo(clear);
        assertThat(opened(sealed, THEIRS)).isEqualTo(clear);
    }

    @Test
    void nobodyElseOpensIt() throws IOException {
        byte[] sealed = sealed(new byte[] {1, 2, 3}, OURS.recipient());

        assertThatThrownBy(() -> opened(sealed, THEIRS)).isInstanceOf(IOException.class);
    }

    @Test
    void aChangedOrShortenedFileIsNotOpened() throws IOException {
        byte[] sealed = sealed(new byte[200_000], OURS.recipient());
        byte[] changed = sealed.clone();
        changed[150_000] ^= 1;

        assertThatThrownBy(() -> opened(changed, OURS)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> opened(java.util.Arrays.copyOf(sealed, sealed.length - 70_000), OURS))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aKeyThatIsNoneIsSaidSo() {
        assertThatThrownBy(() -> sealed(new byte[1], "age1nothing")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Sealed.open(new ByteArrayInputStream(new byte[1]), new Secret("AGE-SECRET-KEY-1X")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aRecipientIsKnownBeforeAnythingIsSealed() {
        assertThat(Sealed.isRecipient(OURS.recipient())).isTrue();
        assertThat(Sealed.isRecipient("age1nothing")).isFalse();
        assertThat(Sealed.isRecipient("ssh-ed25519 AAAA")).isFalse();
    }

    @Test
    void theFileOfAKeyIsReadAgainAlsoAsAgeKeygenWritesIt() {
        assertThat(AgeKey.parse(OURS.file().reveal())).contains(OURS);
        assertThat(AgeKey.parse(
                        "# created: 2026-11-23T08:00:00Z\n" + OURS.file().reveal()))
                .contains(OURS);
        assertThat(AgeKey.parse("nothing of the kind")).isEmpty();
    }

    @Test
    void aKeyIsNeverShown() {
        assertThat(OURS.toString()).doesNotContain("SECRET");
    }
}

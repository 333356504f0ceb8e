package homelab.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownHostsTest {
    private static final HostKey ONE = key("one");
    private static final HostKey OTHER = key("other");

    @TempDir
    Path folder;

    private Path file;
    private KnownHosts known;

    @BeforeEach
    void choose() {
        file = folder.resolve("ssh/known_hosts");
        known = new KnownHosts(file);
    }

    @Test
    void aHostIsNewWhereThereIsNoFile() {
        assertThat(known.judge("10.0.1.50", 22, ONE)).isEqualTo(new KnownHosts.New());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "10.0.1.50; 10.0.1.50; 22; true",
                "10.0.1.50; 10.0.1.50; 2222; false",
                "[10.0.1.50]:2222; 10.0.1.50; 2222; true",
                "jarvis,10.0.1.50; 10.0.1.50; 22; true",
                "10.0.1.*; 10.0.1.50; 22; true",
                "10.0.1.5?; 10.0.1.50; 22; true",
                "10.0.1.5?; 10.0.1.5; 22; false",
                "10.0.1.*,!10.0.1.50; 10.0.1.50; 22; false",
                "10x0.1.50; 10.0.1.50; 22; false",
                "FD00::1; fd00::1; 22; true"
            })
    void readsNamesAsOpenSshDoes(String pattern, String host, int port, boolean about) throws Exception {
        write(pattern + " ssh-ed25519 " + ONE.base64() + " comment");

        assertThat(known.judge(host, port, ONE) instanceof KnownHosts.Same).isEqualTo(about);
    }

    @Test
    void knowsAHashedName() throws Exception {
        // ssh-keygen -H of "10.0.1.50": HMAC-SHA1 with the salt as key.
        write(hashed("10.0.1.50") + " ssh-ed25519 " + ONE.base64());

        assertThat(known.judge("10.0.1.50", 22, ONE)).isEqualTo(new KnownHosts.Same());
        assertThat(known.judge("10.0.1.51", 22, ONE)).isEqualTo(new KnownHosts.New());
    }

    @Test
    void namesTheLineThatAKeyContradicts() throws Exception {
        write("# comment", "", "10.0.1.50 ssh-rsa " + ONE.base64(), "10.0.1.50 ssh-ed25519 " + ONE.base64());

        assertThat(known.judge("10.0.1.50", 22, OTHER))
                .isInstanceOfSatisfying(
                        KnownHosts.Other.class,
                        other -> assertThat(other.line().number()).isEqualTo(4));
    }

    @Test
    void aRevokedKeyIsRefusedEvenWhenAnotherLineAllowsIt() throws Exception {
        write("10.0.1.50 ssh-ed25519 " + ONE.base64(), "@revoked * ssh-ed25519 " + ONE.base64());

        assertThat(known.judge("10.0.1.50", 22, ONE))
                .isInstanceOfSatisfying(
                        KnownHosts.Other.class,
                        other -> assertThat(other.line().isRevoked()).isTrue());
    }

    @Test
    void aCertificateAuthoritysLineIsNoHostsKey() throws Exception {
        write("@cert-authority * ssh-ed25519 " + ONE.base64());

        assertThat(known.judge("10.0.1.50", 22, ONE)).isEqualTo(new KnownHosts.New());
    }

    @Test
    void passesOverLinesItCannotRead() throws Exception {
        write("garbage", "|1|bad 1 2", "\u00ff\u00fe 1 2", "10.0.1.50 ssh-ed25519 " + ONE.base64());

        assertThat(known.judge("10.0.1.50", 22, ONE)).isEqualTo(new KnownHosts.Same());
    }

    @Test
    void makesTheFolderAndTheFileForTheUserAlone() throws Exception {
        known.add("10.0.1.50", 2222, ONE);

        assertThat(Files.readString(file)).isEqualTo("[10.0.1.50]:2222 ssh-ed25519 " + ONE.base64() + "\n");
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        assertThat(Files.getPosixFilePermissions(file.getParent())).hasSize(3);
    }

    @Test
    void addsALineOfItsOwnToAFileWithoutLineEnd() throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "10.0.1.50 ssh-ed25519 " + ONE.base64());

        known.add("10.0.1.51", 22, OTHER);

        assertThat(known.judge("10.0.1.50", 22, ONE)).isEqualTo(new KnownHosts.Same());
        assertThat(known.judge("10.0.1.51", 22, OTHER)).isEqualTo(new KnownHosts.Same());
    }

    @Test
    void losesNoLineWhenManyHostsAreNewAtOnce() throws Exception {
        List<CompletableFuture<Void>> all = IntStream.range(0, 200)
                .mapToObj(i -> CompletableFuture.runAsync(() -> add(new KnownHosts(file), "10.0.1." + i)))
                .toList();
        all.forEach(CompletableFuture::join);

        assertThat(Files.readAllLines(file).stream().filter(line -> !line.isEmpty()))
                .hasSize(200)
                .allMatch(line -> line.endsWith(" ssh-ed25519 " + ONE.base64()));
    }

    @Test
    void asksForTheKindsOfKeyThatAreKnown() throws Exception {
        write("10.0.1.50 ssh-rsa " + ONE.base64(), "10.0.1.51 ssh-ed25519 " + ONE.base64());

        Door.Trust trust = new Door.Trust(List.of(file), false);
        Door.Identity nothing = new Door.Identity(List.of(), false, false, Optional.empty());
        Door door = new Door("pi", "10.0.1.50", 22, "pi", "10.0.1.50", nothing, trust, new Door.Straight());
        assertThat(new AcceptNew(known, door).findExistingAlgorithms("10.0.1.50", 22))
                .containsExactly("rsa-sha2-512", "rsa-sha2-256");
    }

    private void write(String... lines) throws Exception {
        Files.createDirectories(file.getParent());
        Files.write(file, List.of(lines), StandardCharsets.ISO_8859_1);
    }

    private static void add(KnownHosts known, String host) {
        try {
            known.add(host, 22, ONE);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static HostKey key(String text) {
        return new HostKey("ssh-ed25519", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String hashed(String name) throws Exception {
        byte[] salt = "12345678901234567890".getBytes(StandardCharsets.UTF_8);
        javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA1");
        mac.init(new javax.crypto.spec.SecretKeySpec(salt, "HmacSHA1"));
        Base64.Encoder base64 = Base64.getEncoder();
        return "|1|" + base64.encodeToString(salt) + "|" + base64.encodeToString(mac.doFinal(name.getBytes()));
    }
}
